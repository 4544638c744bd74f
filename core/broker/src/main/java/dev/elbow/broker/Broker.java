package dev.elbow.broker;

import java.time.Duration;

/**
 * A running Kafka broker, with its controller, in this JVM. Its data outlives it: a later start on
 * the same folder, on whichever ports, finds everything that was acknowledged.
 *
 * <p>Kafka ends the whole JVM when its disk fails under it, rather than go on with half a log.
 *
 * <p>Thread safe.
 */
public final class Broker implements AutoCloseable {
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Node node;
  private final Sockets sockets;
  private final String bootstrapServers;
  private boolean closed;

  private Broker(Node node, Sockets sockets, String bootstrapServers) {
    this.node = node;
    this.sockets = sockets;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it serves clients: for a single node in about two seconds, in
   * a cluster when most of the nodes are up.
   *
   * @throws BrokerException if a port is taken, the folder cannot be used, Kafka refuses a property
   *     or, in a cluster, most nodes stay away for a minute
   */
  public static Broker start(BrokerSettings settings) {
    Sockets sockets = Sockets.bind(settings);
    try {
      Folder.prepare(settings);
      return start(settings, sockets);
    } catch (BrokerException e) {
      throw closing(sockets, e);
    } catch (RuntimeException e) {
      throw closing(sockets, new BrokerException(found(settings, e), e));
    }
  }

  private static Broker start(BrokerSettings settings, Sockets sockets) {
    Node node = new Node(KafkaProperties.of(settings, sockets), sockets);
    try {
      node.start();
    } catch (RuntimeException e) {
      node.stop(Duration.ZERO);
      throw e;
    }
    String host = settings.self().map(Voter::host).orElse(settings.host());
    return new Broker(node, sockets, host + ":" + sockets.clientsPort());
  }

  private static String found(BrokerSettings settings, RuntimeException e) {
    // Kafka does not say whom it waited for.
    String nodes =
        settings.voters().isEmpty()
            ? ""
            : ", expected most of %s to be up".formatted(settings.voters());
    return "Kafka: " + e.getMessage() + nodes;
  }

  private static BrokerException closing(Sockets sockets, BrokerException e) {
    sockets.close();
    return e;
  }

  /** Where clients find it: {@code HOST:PORT}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Stops it and frees its ports: within a second for a single node, within some ten seconds for
   * the last nodes of a cluster, which wait in vain for a majority. Further calls do nothing.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      node.stop(GOODBYE);
      sockets.close();
    }
  }
}
