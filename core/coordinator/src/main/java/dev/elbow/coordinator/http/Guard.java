package dev.elbow.coordinator.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through what a person or program sent here knowingly, and refuses what a page of the web
 * made a browser send: with a host name that was pointed here (DNS rebinding), from another origin,
 * or as a form.
 */
final class Guard implements Handler<RoutingContext> {
  private static final List<String> TYPES =
      List.of(
          "application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

  private final Set<String> names = new HashSet<>(Set.of("localhost"));

  Guard(HttpSettings settings) {
    names.add(settings.bind().toLowerCase(Locale.ROOT));
    settings.names().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public void handle(RoutingContext asked) {
    secure(asked.response());
    HttpServerRequest request = asked.request();
    requireKnownHost(request);
    requireOwnOrigin(request);
    if (request.method().equals(HttpMethod.POST)) {
      requireDocument(request);
    }
    asked.next();
  }

  /** Nothing that is served is to be guessed at, framed, run or kept. */
  static void secure(HttpServerResponse response) {
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cache-Control", "no-store");
  }

  private void requireKnownHost(HttpServerRequest request) {
    HostAndPort host = request.authority();
    if (host == null || !known(host.host(), request)) {
      throw Refusal.plain(
          421,
          "this is not host '%s'; a name can be added where the coordinator is started"
              .formatted(host == null ? "" : host.host()));
    }
  }

  // The address that the connection came to is always right: a foreign page can choose names alone.
  private boolean known(String host, HttpServerRequest request) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    return names.contains(name) || name.equals(request.connection().localAddress().hostAddress());
  }

  private static void requireOwnOrigin(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String own = request.scheme() + "://" + request.getHeader("Host");
    if (origin != null && !origin.equalsIgnoreCase(own)) {
      throw Refusal.plain(403, "pages of other origins may not ask here");
    }
  }

  private static void requireDocument(HttpServerRequest request) {
    String header = request.getHeader("Content-Type");
    String[] parts =
        header == null ? new String[] {""} : header.toLowerCase(Locale.ROOT).split(";");
    boolean text = parts.length < 2 || parts[1].strip().matches("charset=\"?utf-?8\"?");
    if (!TYPES.contains(parts[0].strip()) || !text) {
      throw Refusal.plain(
          415,
          "content type: found '%s', expected application/yaml or application/json in UTF-8"
              .formatted(header == null ? "" : header));
    }
  }
}
