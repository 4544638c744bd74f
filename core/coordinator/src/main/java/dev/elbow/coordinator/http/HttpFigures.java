package dev.elbow.coordinator.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The figures of the HTTP port. Its labels are routes and not paths, and methods that are served,
 * so that whoever asks cannot make series. Thread-safe.
 */
final class HttpFigures implements AutoCloseable {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE");
  private static final String ROUTE = HttpFigures.class.getName();
  private static final Duration[] TIMES = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final List<Meter> gauges = new ArrayList<>();

  HttpFigures(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how many connections are open. */
  void connections(IntSupplier open) {
    gauges.add(
        Gauge.builder("elbow.http.connections", open::getAsInt)
            .description("Open connections to the HTTP port")
            .register(registry));
  }

  /** A request begins; the first handler of every route. */
  void began(RoutingContext asked) {
    long begin = System.nanoTime();
    // Not its end, which for a stream of events is when somebody closes a window.
    asked.addHeadersEndHandler(
        answered -> timer(asked).record(Duration.ofNanos(System.nanoTime() - begin)));
    asked.next();
  }

  private Timer timer(RoutingContext asked) {
    String method = asked.request().method().name();
    return Timer.builder("elbow.http.response")
        .tag("method", METHODS.contains(method) ? method : "other")
        .tag("route", route(asked))
        .tag("status", String.valueOf(asked.response().getStatusCode()))
        .description("Time from a request to the first byte of its answer")
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  /** The route of a request is found: kept, because what fails is answered by another one. */
  static void found(RoutingContext asked) {
    asked.put(ROUTE, asked.currentRoute().getName());
  }

  // None for what was refused before a route was found, and for what has none.
  private static String route(RoutingContext asked) {
    String found = asked.get(ROUTE);
    Route last = asked.currentRoute();
    String name = found != null || last == null ? found : last.getName();
    return name == null ? "none" : name;
  }

  @Override
  public void close() {
    gauges.forEach(registry::remove);
  }
}
