package dev.elbow.coordinator.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** All figures of a process, in the format that Prometheus asks for. */
record Scrape(PrometheusMeterRegistry metrics, WorkerExecutor threads)
    implements Function<RoutingContext, Future<Answer>> {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public Future<Answer> apply(RoutingContext asked) {
    String type = type(asked.request());
    return threads
        .executeBlocking(() -> metrics.scrape(type), false)
        .map(text -> response -> response.putHeader("Content-Type", type).end(text));
  }

  private static String type(HttpServerRequest request) {
    String accepted = request.getHeader("Accept");
    return accepted != null && accepted.contains(OPEN_METRICS)
        ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
        : PROMETHEUS;
  }
}
