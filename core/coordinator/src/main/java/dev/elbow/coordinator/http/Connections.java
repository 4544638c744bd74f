package dev.elbow.coordinator.http;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Closes connections that are too many, have nothing to say, or say or hear it too slowly. For one
 * event loop.
 */
final class Connections {
  private static final long TICK_MILLIS = 500;

  private final HttpLimits limits;
  private final Arrivals arrivals;
  private final Map<HttpConnection, Use> open = new HashMap<>();
  private volatile int count;

  /** What a connection is at; times of {@link System#nanoTime}. */
  private static final class Use {
    private Optional<HttpServerRequest> request = Optional.empty();
    private boolean fresh = true;
    private long since;
    private long written;

    Use(long now) {
      since = now;
    }
  }

  Connections(Vertx vertx, HttpLimits limits) {
    this.limits = limits;
    this.arrivals = new Arrivals(limits.connections());
    // Vert.x's own idle timeout would also end a request whose answer takes long.
    vertx.setPeriodic(TICK_MILLIS, id -> closeLate(System.nanoTime()));
  }

  /** A client has connected. */
  void opened(HttpConnection connection) {
    if (open.size() >= limits.connections()) {
      connection.close();
      return;
    }
    open.put(connection, new Use(accepted(connection)));
    count = open.size();
    connection.closeHandler(closed -> closed(connection));
  }

  // A handshake takes of the time in which the first request has to come.
  private long accepted(HttpConnection connection) {
    long now = System.nanoTime();
    if (connection instanceof HttpServerConnection known) {
      Channel channel = known.channelHandlerContext().channel();
      arrivals.watch(channel);
      return arrivals.acceptedNanos(channel).orElse(now);
    }
    return now;
  }

  private void closed(HttpConnection connection) {
    open.remove(connection);
    count = open.size();
  }

  /** How many are open; for any thread. */
  int count() {
    return count;
  }

  /** A request begins; among the first handlers of every route. */
  void began(RoutingContext asked) {
    Use use = open.get(asked.request().connection());
    if (use != null) {
      use.request = Optional.of(asked.request());
      use.fresh = false;
      use.since = System.nanoTime();
      use.written = 0;
      asked.addEndHandler(ended -> ended(use));
    }
    asked.next();
  }

  private static void ended(Use use) {
    use.request = Optional.empty();
    use.since = System.nanoTime();
  }

  private void closeLate(long now) {
    List<HttpConnection> late =
        open.entrySet().stream()
            .filter(entry -> late(entry.getValue(), now))
            .map(Map.Entry::getKey)
            .toList();
    late.forEach(Connections::cut);
  }

  /**
   * Ends a connection at once. Vert.x closes one only when everything was sent, and to a client
   * that takes nothing that is never.
   */
  static void cut(HttpConnection connection) {
    if (connection instanceof HttpServerConnection known) {
      known.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  private boolean late(Use use, long now) {
    if (use.request.isEmpty()) {
      return over(use.fresh ? limits.request() : limits.idle(), use, now);
    }
    HttpServerRequest request = use.request.get();
    HttpServerResponse response = request.response();
    // Of an answer that is complete, some may still wait for a client that does not take it.
    boolean waits = response.ended() || response.writeQueueFull();
    boolean progress = use.written != response.bytesWritten();
    if (request.isEnded() && (!waits || progress)) {
      use.since = now;
      use.written = response.bytesWritten();
    }
    return over(limits.request(), use, now);
  }

  private static boolean over(Duration limit, Use use, long now) {
    return now - use.since > limit.toNanos();
  }
}
