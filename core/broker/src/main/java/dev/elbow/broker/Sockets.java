package dev.elbow.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets, bound before Kafka starts. So a free port is known to its
 * configuration and cannot be lost to another process in between, and a taken one is found at once.
 */
final class Sockets implements AutoCloseable, ServerSocketFactory {
  private static final int BACKLOG = 50;

  private final ServerSocketChannel clients;
  private final ServerSocketChannel controller;

  private Sockets(ServerSocketChannel clients, ServerSocketChannel controller) {
    this.clients = clients;
    this.controller = controller;
  }

  /** Binds both, or none and throws {@link BrokerException} with all problems. */
  static Sockets bind(BrokerSettings settings) {
    int controllerPort =
        settings.self().map(Voter::controllerPort).orElse(settings.controllerPort());
    List<String> problems = new ArrayList<>();
    Optional<ServerSocketChannel> clients =
        bind("port", settings.host(), settings.port(), problems);
    Optional<ServerSocketChannel> controller =
        bind("controller port", settings.host(), controllerPort, problems);
    if (clients.isEmpty() || controller.isEmpty()) {
      clients.ifPresent(Sockets::closeQuietly);
      controller.ifPresent(Sockets::closeQuietly);
      throw new BrokerException(problems);
    }
    return new Sockets(clients.get(), controller.get());
  }

  int clientsPort() {
    return clients.socket().getLocalPort();
  }

  int controllerPort() {
    return controller.socket().getLocalPort();
  }

  /** Hands Kafka the socket that was bound for it. */
  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize)
      throws IOException {
    ServerSocketChannel bound = address.getPort() == clientsPort() ? clients : controller;
    bound.configureBlocking(false);
    return bound;
  }

  @Override
  public void close() {
    closeQuietly(clients);
    closeQuietly(controller);
  }

  private static Optional<ServerSocketChannel> bind(
      String what, String host, int port, List<String> problems) {
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open();
      return Optional.of(channel.bind(new InetSocketAddress(host, port), BACKLOG));
    } catch (IOException | UnresolvedAddressException e) {
      problems.add(
          "%s %s:%d: %s, expected %s".formatted(what, host, port, found(e), expected(e, port)));
      closeQuietly(channel);
      return Optional.empty();
    }
  }

  private static String found(Exception e) {
    if (e instanceof UnresolvedAddressException) {
      return "unknown host";
    }
    return taken(e) ? "taken by another process" : String.valueOf(e.getMessage());
  }

  private static String expected(Exception e, int port) {
    boolean otherPort = port != 0 && (taken(e) || !(e instanceof BindException));
    return otherPort && !(e instanceof UnresolvedAddressException)
        ? "one that may be listened on"
        : "an address of this machine";
  }

  private static boolean taken(Exception e) {
    return e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
  }

  private static void closeQuietly(ServerSocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // A listening socket holds no data, so there is nothing to lose.
      throw new java.io.UncheckedIOException(e);
    }
  }
}
