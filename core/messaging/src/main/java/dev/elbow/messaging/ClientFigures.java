package dev.elbow.messaging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Some of the figures that Kafka's clients keep of themselves, for Prometheus, under names and
 * units that it likes. Clients of one use are shown as one, so that there are as many series
 * whichever clients come and go. Thread-safe.
 */
final class ClientFigures {
  // Kafka keeps some of them for each topic and broker as well.
  private static final Set<String> OF_CLIENT = Set.of("client-id");

  private static final List<Figure> CONSUMERS =
      List.of(
          sum("consumer-fetch-manager-metrics", "records-consumed-total", "kafka.consumer.records")
              .described("Records that were read"),
          sum("consumer-fetch-manager-metrics", "bytes-consumed-total", "kafka.consumer.bytes")
              .described("Bytes of the records that were read"),
          sum("consumer-metrics", "connection-count", "kafka.consumer.connections")
              .described("Open connections to brokers"),
          sum("consumer-metrics", "failed-authentication-total", "kafka.consumer.refusals")
              .described("Connections on which a broker did not accept this user"));
  private static final List<Figure> PRODUCERS =
      List.of(
          sum("producer-metrics", "record-send-total", "kafka.producer.records")
              .described("Records that were sent"),
          sum("producer-metrics", "record-error-total", "kafka.producer.record.errors")
              .described("Records that were given up"),
          sum("producer-metrics", "record-retry-total", "kafka.producer.record.retries")
              .described("Records that were sent again"),
          sum("producer-metrics", "outgoing-byte-total", "kafka.producer.bytes")
              .described("Bytes that were sent to brokers"),
          slowest(
                  "producer-metrics",
                  "request-latency-max",
                  "kafka.producer.request.latency.seconds")
              .described("The slowest answer of a broker in the last half minute or so"),
          sum("producer-metrics", "requests-in-flight", "kafka.producer.open.requests")
              .described("Requests that no broker has answered yet"),
          sum("producer-metrics", "connection-count", "kafka.producer.connections")
              .described("Open connections to brokers"),
          sum("producer-metrics", "failed-authentication-total", "kafka.producer.refusals")
              .described("Connections on which a broker did not accept this user"));

  private final String part;
  private final MeterRegistry registry;
  private final Map<String, Use> uses = new HashMap<>();

  /**
   * @param part of the system that has the clients, since several may be in one process
   */
  ClientFigures(String part, MeterRegistry registry) {
    this.part = part;
    this.registry = registry;
  }

  /**
   * One of the figures that are shown.
   *
   * @param kafka Kafka's group and name
   * @param shown the name here
   * @param scale from Kafka's unit to ours
   * @param merge how the figures of several clients become one
   */
  private record Figure(
      List<String> kafka,
      String shown,
      double scale,
      DoubleBinaryOperator merge,
      String description) {
    Figure described(String text) {
      return new Figure(kafka, shown, scale, merge, text);
    }

    /** Whether it only grows. */
    boolean isTotal() {
      return kafka.get(1).endsWith("-total");
    }

    // A consumer of a share group keeps the same figures in groups of another name.
    boolean is(MetricName candidate) {
      String group = candidate.group().replaceFirst("^consumer-share-", "consumer-");
      return candidate.tags().keySet().equals(OF_CLIENT)
          && kafka.equals(List.of(group, candidate.name()));
    }
  }

  private static Figure sum(String group, String name, String shown) {
    return new Figure(List.of(group, name), shown, 1, Double::sum, "");
  }

  private static Figure slowest(String group, String name, String shown) {
    return new Figure(List.of(group, name), shown, 1e-3, Math::max, "");
  }

  /** The consumers that are there for {@code name}. */
  Use consumers(String name) {
    return use(name, CONSUMERS);
  }

  /** The producers that are there for {@code name}. */
  Use producers(String name) {
    return use(name, PRODUCERS);
  }

  private synchronized Use use(String name, List<Figure> figures) {
    return uses.computeIfAbsent(name, fresh -> new Use(name, figures));
  }

  /** All clients that are there for one thing. Thread-safe. */
  final class Use {
    private final String name;
    private final List<Figure> figures;
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final Map<Figure, Double> gone = new ConcurrentHashMap<>();
    private final List<Meter> meters = new ArrayList<>();

    private Use(String name, List<Figure> figures) {
      this.name = name;
      this.figures = figures;
    }

    /**
     * Shows a client's figures.
     *
     * @return to be closed before the client
     */
    synchronized Shown show(Supplier<Map<MetricName, ? extends Metric>> metrics) {
      Client client = new Client(this, metrics);
      clients.add(client);
      if (meters.isEmpty()) {
        figures.forEach(figure -> meters.add(meter(figure)));
      }
      return client;
    }

    private Meter meter(Figure figure) {
      return figure.isTotal()
          ? FunctionCounter.builder(figure.shown(), this, use -> use.value(figure))
              .tags("part", part, "client", name)
              .description(figure.description())
              .register(registry)
          : Gauge.builder(figure.shown(), () -> value(figure))
              .tags("part", part, "client", name)
              .description(figure.description())
              .register(registry);
    }

    private double value(Figure figure) {
      DoubleStream known = clients.stream().mapToDouble(client -> client.value(figure));
      double now = known.filter(Double::isFinite).reduce(figure.merge()).orElse(0);
      return now + gone.getOrDefault(figure, 0.0);
    }

    // A total never falls, so what a client has counted stays when it goes.
    private synchronized void hide(Client client) {
      if (!clients.remove(client)) {
        return;
      }
      figures.stream()
          .filter(Figure::isTotal)
          .forEach(figure -> gone.merge(figure, client.value(figure), Double::sum));
      if (clients.isEmpty()) {
        meters.forEach(registry::remove);
        meters.clear();
      }
    }
  }

  /** Figures that are shown. */
  interface Shown extends AutoCloseable {
    /** Shows them no more. Further calls do nothing. */
    @Override
    void close();
  }

  private record Client(Use use, Supplier<Map<MetricName, ? extends Metric>> metrics)
      implements Shown {
    double value(Figure figure) {
      return metrics.get().entrySet().stream()
          .filter(entry -> figure.is(entry.getKey()))
          .map(entry -> entry.getValue().metricValue())
          .filter(Number.class::isInstance)
          .mapToDouble(value -> ((Number) value).doubleValue() * figure.scale())
          .findFirst()
          .orElse(0);
    }

    @Override
    public void close() {
      use.hide(this);
    }
  }
}
