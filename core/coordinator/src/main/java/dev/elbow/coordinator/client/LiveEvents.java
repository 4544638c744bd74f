package dev.elbow.coordinator.client;

import dev.elbow.coordinator.client.LiveEvent.Deleted;
import dev.elbow.coordinator.client.LiveEvent.Evaluated;
import dev.elbow.coordinator.client.LiveEvent.Opened;
import dev.elbow.coordinator.client.LiveEvent.Reset;
import dev.elbow.coordinator.client.LiveEvent.SweepChanged;
import dev.elbow.coordinator.client.LiveEvent.TrialChanged;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A live stream, read by one thread; {@link #close} may be called by any.
 *
 * <p>Where it breaks off, {@link ElbowClient#events} continues it from {@link #position}.
 */
public final class LiveEvents implements AutoCloseable {
  private final BufferedReader lines;
  private final InputStream stream;
  private final Duration patience;
  private volatile boolean closed;
  private String position;

  /**
   * @param position where the stream was asked to continue, or empty text
   * @param patience how long it may say nothing at all, not even that it is alive
   */
  LiveEvents(InputStream stream, String position, Duration patience) {
    this.stream = stream;
    this.position = position;
    this.patience = patience;
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** Everything up to here was told; empty text before the first word. */
  public String position() {
    return position;
  }

  /**
   * The next word; waits for it. Empty if the stream has ended: it was closed here or there, or
   * broke off.
   */
  public Optional<LiveEvent> next() {
    try {
      for (Message message = read(); message != null; message = read()) {
        position = message.id().isEmpty() ? position : message.id();
        Optional<LiveEvent> event = message.decoded();
        if (event.isPresent()) {
          return event;
        }
      }
    } catch (IOException e) {
      close();
    }
    return Optional.empty();
  }

  // The stream knows no timeout of its own, and a host that vanished never ends it.
  private String line() throws IOException {
    CompletableFuture<Void> watch = new CompletableFuture<>();
    watch.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> abandon());
    try {
      return closed ? null : lines.readLine();
    } finally {
      watch.complete(null);
    }
  }

  private Void abandon() {
    close();
    return null;
  }

  private Message read() throws IOException {
    String event = "message";
    String id = "";
    StringBuilder data = new StringBuilder();
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty() && data.length() > 0) {
        return new Message(event, id, data.toString());
      } else if (line.startsWith("event:")) {
        event = value(line);
      } else if (line.startsWith("data:")) {
        data.append(value(line));
      } else if (line.startsWith("id:")) {
        id = value(line);
      }
    }
    return null;
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  /** What the stream says between two empty lines. */
  private record Message(String event, String id, String data) {
    /** Empty for a word of a later release. */
    Optional<LiveEvent> decoded() throws IOException {
      return Optional.ofNullable(
          switch (event) {
            case "open" -> new Opened(as(LivePosition.class).position());
            case "reset" -> reset(as(LivePosition.class));
            case "sweep" -> new SweepChanged(as(SweepStatus.class));
            case "trial" -> new TrialChanged(as(TrialChange.class));
            case "evaluation" -> new Evaluated(as(EvaluationPoint.class));
            case "deleted" -> as(Deleted.class);
            default -> null;
          });
    }

    private static Reset reset(LivePosition position) {
      return new Reset(position.position(), position.reason());
    }

    private <T> T as(Class<T> type) throws IOException {
      return AnswerFormat.read(data.getBytes(StandardCharsets.UTF_8), type);
    }
  }

  /** Ends the stream; a {@link #next} that waits returns. */
  @Override
  public void close() {
    closed = true;
    try {
      stream.close();
    } catch (IOException e) {
      // It has ended, which is all that was asked for.
    }
  }
}
