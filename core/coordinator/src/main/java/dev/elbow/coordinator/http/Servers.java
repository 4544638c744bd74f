package dev.elbow.coordinator.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server for each address that is listened at, all of one port. For one event loop. */
final class Servers {
  private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

  private final Vertx vertx;
  private final HttpSettings settings;
  private final List<HttpServer> open = new ArrayList<>();

  Servers(Vertx vertx, HttpSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /**
   * Listens.
   *
   * @return the port; fails if it is taken at one of the addresses, and listens at none then
   */
  Future<Integer> listen(Connections connections, Handler<HttpServerRequest> requests) {
    if (settings.listening().showsTokens()) {
      LOG.warn(
          "tokens reach {} in the clear, for everybody on the way to read: TLS is on with --tls-cert and --tls-key",
          String.join(", ", settings.listening().bind()));
    }
    Future<Integer> port = Future.succeededFuture(settings.listening().port());
    for (String address : settings.listening().bind()) {
      port = port.compose(given -> listen(options(address, given), connections, requests));
    }
    return port.recover(e -> close().transform(closed -> Future.failedFuture(e)));
  }

  private Future<Integer> listen(
      HttpServerOptions options, Connections connections, Handler<HttpServerRequest> requests) {
    HttpServer server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::opened)
            .invalidRequestHandler(Problems::invalid)
            .requestHandler(requests);
    return server.listen().onSuccess(open::add).map(HttpServer::actualPort);
  }

  private HttpServerOptions options(String address, int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address)
            .setPort(port)
            .setMaxInitialLineLength(HttpLimits.LONGEST_LINE_BYTES)
            .setMaxHeaderSize(HttpLimits.LARGEST_HEADERS_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true);
    settings.listening().identity().ifPresent(identity -> secure(options, identity));
    return options;
  }

  // HTTP 1.1 alone, whose connections are the ones that are watched and cut.
  private void secure(HttpServerOptions options, TlsIdentity identity) {
    options
        .setSsl(true)
        .setKeyCertOptions(identity.options())
        .setUseAlpn(false)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslHandshakeTimeout(settings.limits().request().toMillis());
  }

  Future<?> close() {
    return Future.join(open.stream().map(HttpServer::close).toList());
  }
}
