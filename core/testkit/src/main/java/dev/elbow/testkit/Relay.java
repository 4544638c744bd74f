package dev.elbow.testkit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Stands between Kafka's clients and a broker and holds back what a test tells it to, as a network
 * does that is cut in one direction. What is held arrives, in order, when it is let go, also when
 * its sender has given up waiting.
 *
 * <p>Clients go through it when the broker names it: {@code
 * advertised.listeners=CLIENTS://127.0.0.1:PORT} with the {@link #port} of the relay. Whose bytes
 * it holds is known by the {@code client.id} of that client.
 *
 * <p>Thread safe.
 */
public final class Relay implements AutoCloseable {
  /** The {@link Request#kind} of what writes records. */
  public static final int PRODUCE = 0;

  private static final int LARGEST_PIECE = 1 << 16;

  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private Predicate<Request> heldRequests = nothing -> false;
  private Predicate<String> heldAnswers = nobody -> false;
  private int broker;

  private Relay(ServerSocket door) {
    this.door = door;
  }

  /**
   * What a client asks of the broker.
   *
   * @param kind Kafka's number for it, the API key
   * @param client the client's {@code client.id}
   */
  public record Request(int kind, String client) {}

  /** Opens a free port of 127.0.0.1. Whoever connects waits until {@link #to} is called. */
  public static Relay open() throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    start("relay", relay::accept);
    return relay;
  }

  public int port() {
    return door.getLocalPort();
  }

  /**
   * Says where the broker is.
   *
   * @param bootstrapServers one, on 127.0.0.1
   */
  public synchronized void to(String bootstrapServers) {
    broker = Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
    notifyAll();
  }

  /** Holds these requests from now on, with what the same connection asks behind them. */
  public synchronized void holdRequests(Predicate<Request> which) {
    heldRequests = which;
  }

  /** Holds what the broker answers to these clients from now on. */
  public synchronized void holdAnswers(Predicate<String> clients) {
    heldAnswers = clients;
  }

  /** Lets everything through. */
  public synchronized void letGo() {
    heldRequests = nothing -> false;
    heldAnswers = nobody -> false;
    notifyAll();
  }

  private synchronized int awaitBroker() throws InterruptedException {
    while (broker == 0) {
      wait();
    }
    return broker;
  }

  private synchronized void awaitPassage(Request request) throws InterruptedException {
    while (heldRequests.test(request)) {
      wait();
    }
  }

  private synchronized void awaitPassage(String client) throws InterruptedException {
    while (heldAnswers.test(client)) {
      wait();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      client.setTcpNoDelay(true);
      sockets.add(client);
      start("relay-" + client.getPort(), () -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException, InterruptedException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), awaitBroker());
    server.setTcpNoDelay(true);
    sockets.add(server);
    Connection connection = new Connection(client, server);
    start("relay-to-" + client.getPort(), connection::answer);
    connection.ask();
  }

  /** One client's way to the broker and back; its two directions have a thread each. */
  private final class Connection {
    private final Socket client;
    private final Socket server;
    private volatile String name = "";

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    // Each request begins with its length, its kind, a version, a number and the client's name.
    void ask() throws IOException, InterruptedException {
      try (client;
          server) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
        while (true) {
          byte[] bytes = new byte[in.readInt()];
          in.readFully(bytes);
          Request request = request(bytes);
          name = request.client();
          awaitPassage(request);
          out.writeInt(bytes.length);
          out.write(bytes);
          out.flush();
        }
      }
    }

    void answer() throws IOException, InterruptedException {
      try (client;
          server) {
        byte[] piece = new byte[LARGEST_PIECE];
        int count = server.getInputStream().read(piece);
        while (count > 0) {
          awaitPassage(name);
          client.getOutputStream().write(piece, 0, count);
          count = server.getInputStream().read(piece);
        }
      }
    }
  }

  private static Request request(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int kind = in.readShort();
      in.readShort();
      in.readInt();
      int length = in.readShort();
      return new Request(kind, length < 0 ? "" : new String(in.readNBytes(length)));
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(String name, Work work) {
    Thread thread = new Thread(() -> runUntilClosed(work), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void runUntilClosed(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      // One of its ends is gone, and with it the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    letGo();
  }
}
