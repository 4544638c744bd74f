package dev.elbow.coordinator.http;

import dev.elbow.coordinator.http.Tokens.Right;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets through what a person or program sent here knowingly and may ask, and refuses what a page of
 * the web made a browser send: with a host name that was pointed here (DNS rebinding), from another
 * origin, or as a form.
 */
final class Guard implements Handler<RoutingContext> {
  private static final List<String> TYPES =
      List.of(
          "application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");
  // What computes with a model changes nothing, though its question is too long for an address.
  private static final Pattern COMPUTES =
      Pattern.compile("/api/sweeps/[^/]+/trials/[^/]+/(encode|decode|reconstruct|sample|traverse)");
  private static final String BY = Guard.class.getName();

  private final Set<String> names;
  private final Set<String> origins;
  private final Optional<Tokens> tokens;

  Guard(Listening listening) {
    names = listening.names();
    origins = listening.origins();
    tokens = listening.tokens();
  }

  @Override
  public void handle(RoutingContext asked) {
    secure(asked.response());
    HttpServerRequest request = asked.request();
    requireKnownHost(request);
    requireOwnOrigin(request);
    tokens.ifPresent(known -> requireToken(asked, known));
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
    String name = Listening.plain(host);
    return names.contains(name) || name.equals(request.connection().localAddress().hostAddress());
  }

  private void requireOwnOrigin(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String own = request.scheme() + "://" + request.getHeader("Host");
    if (origin != null
        && !origin.equalsIgnoreCase(own)
        && !origins.contains(origin.toLowerCase(Locale.ROOT))) {
      throw Refusal.plain(403, "pages of other origins may not ask here");
    }
  }

  private static void requireToken(RoutingContext asked, Tokens tokens) {
    HttpServerRequest request = asked.request();
    if (OPEN.contains(request.path()) || Dashboard.isAskedFor(request)) {
      return;
    }
    Right given =
        tokens.right(request.getHeader("Authorization")).orElseThrow(() -> stranger(asked));
    if (given == Right.READ && writes(asked)) {
      throw Refusal.plain(403, "the token is for reading, and this needs the one for writing");
    }
    asked.put(BY, "%s at %s".formatted(given.word(), request.remoteAddress().hostAddress()));
  }

  private static Refusal stranger(RoutingContext asked) {
    asked.response().putHeader("WWW-Authenticate", "Bearer realm=\"elbow\"");
    boolean none = asked.request().getHeader("Authorization") == null;
    return Refusal.plain(
        401,
        none
            ? "a token is needed: --token-file FILE, or the header 'Authorization: Bearer TOKEN'"
            : "the token is none of those that are known here");
  }

  // By the path that routes are found by, in which there are no dots to go up with.
  private static boolean writes(RoutingContext asked) {
    HttpMethod method = asked.request().method();
    boolean computes =
        method.equals(HttpMethod.POST) && COMPUTES.matcher(asked.normalizedPath()).matches();
    return !READING.contains(method) && !computes;
  }

  /** Who asks, for the log: what the token is for and from where, or somebody of this machine. */
  static String by(RoutingContext asked) {
    String known = asked.get(BY);
    return known == null ? "local" : known;
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
