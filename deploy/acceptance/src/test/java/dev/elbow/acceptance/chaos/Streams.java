package dev.elbow.acceptance.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Many readers of a coordinator's live stream, who count what they are told. Thread-safe. */
final class Streams implements AutoCloseable {
  private final List<Reader> readers;

  private Streams(List<Reader> readers) {
    this.readers = readers;
  }

  /** Connects {@code count} of them. */
  static Streams open(String url, int count) throws IOException {
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      readers.add(new Reader(URI.create(url)));
    }
    readers.forEach(Thread::start);
    return new Streams(List.copyOf(readers));
  }

  /** The number of the last word that anybody was told. */
  long last() {
    return readers.stream().mapToLong(reader -> reader.last).max().orElseThrow();
  }

  /** Whether everybody was told everything up to there. */
  boolean haveAll(long number) {
    return readers.stream().allMatch(reader -> reader.last >= number);
  }

  /** How many words everybody was told together. */
  long words() {
    return readers.stream().mapToLong(reader -> reader.words).sum();
  }

  /** Who missed something, or was cut off. */
  List<String> losses() {
    return IntStream.range(0, readers.size())
        .filter(i -> !readers.get(i).loss.isEmpty())
        .mapToObj(i -> "stream %d: %s".formatted(i + 1, readers.get(i).loss))
        .toList();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Reader reader : readers) {
      reader.closing = true;
      reader.socket.close();
      reader.join();
    }
  }

  /** One connection. The first number is where it begins; each further word has the next one. */
  private static final class Reader extends Thread {
    private final Socket socket;
    private volatile boolean closing;
    private volatile String loss = "";
    private volatile long last = -1;
    private volatile long words;

    Reader(URI url) throws IOException {
      super("stream");
      setDaemon(true);
      socket = new Socket(url.getHost(), url.getPort());
      String request = "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
    }

    @Override
    public void run() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
        lines.lines().filter(line -> line.startsWith("id: ")).forEach(this::told);
        lost("ended by the coordinator after word " + last);
      } catch (IOException | RuntimeException e) {
        lost(e.toString());
      }
    }

    private void lost(String what) {
      if (!closing && loss.isEmpty()) {
        loss = what;
      }
    }

    private void told(String line) {
      long number = Long.parseLong(line.substring(line.lastIndexOf('-') + 1));
      if (last >= 0 && number != last + 1) {
        lost("after word %d came word %d".formatted(last, number));
      }
      words += last < 0 ? 0 : 1;
      last = number;
    }
  }
}
