package dev.elbow.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line to a server on this machine that can be cut and mended, as networks are. Whoever speaks
 * through it sees the server at {@link #port}. Thread-safe.
 */
final class Line implements AutoCloseable {
  private final ServerSocket door;
  private final int server;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private Line(ServerSocket door, int server) {
    this.door = door;
    this.server = server;
  }

  static Line to(int server) throws IOException {
    Line line = new Line(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
    start(line::accept);
    return line;
  }

  int port() {
    return door.getLocalPort();
  }

  /** Everything that is under way is lost, and nobody gets through any more. */
  void cut() throws IOException {
    cut = true;
    for (Socket end : ends) {
      end.close();
    }
  }

  /** It is whole again. */
  void mend() {
    cut = false;
  }

  private void accept() throws IOException {
    while (true) {
      Socket caller = door.accept();
      if (cut) {
        caller.close();
      } else {
        join(caller, new Socket(InetAddress.getLoopbackAddress(), server));
      }
    }
  }

  private void join(Socket caller, Socket called) {
    ends.add(caller);
    ends.add(called);
    start(() -> pass(caller, called));
    start(() -> pass(called, caller));
  }

  private void pass(Socket from, Socket to) throws IOException {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } finally {
      ends.remove(from);
      ends.remove(to);
    }
  }

  /** What may be cut off at any time. */
  @FunctionalInterface
  private interface Passing {
    void run() throws IOException;
  }

  private static void start(Passing passing) {
    Thread thread =
        new Thread(
            () -> {
              try {
                passing.run();
              } catch (IOException e) {
                // The line was cut, or somebody hung up.
              }
            },
            "line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
