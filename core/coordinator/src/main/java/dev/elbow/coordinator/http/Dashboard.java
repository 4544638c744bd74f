package dev.elbow.coordinator.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages at {@code /}: files of the class path, read once and kept. They are the same for
 * everybody and hold no figures, so they need no token.
 */
final class Dashboard {
  private static final String PAGE = "index.html";
  // No name has a dot but the one before its ending, so no path leads out of the folder.
  private static final Pattern FILE =
      Pattern.compile("/dashboard/((?:[a-z0-9-]+/)*[a-z0-9-]+\\.([a-z]+))");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  private final WorkerExecutor threads;
  private final Map<String, DashboardFile> files = new ConcurrentHashMap<>();

  Dashboard(WorkerExecutor threads) {
    this.threads = threads;
  }

  void addTo(Router router) {
    router
        .routeWithRegex("/|/dashboard/.*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .setName("dashboard")
        .handler(Answer.to(this::file));
  }

  /** Whether a request is for one of these files, there or not. */
  static boolean isAskedFor(HttpServerRequest request) {
    boolean reading =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return reading && name(request.path()).isPresent();
  }

  private static Optional<String> name(String path) {
    if (path.equals("/")) {
      return Optional.of(PAGE);
    }
    Matcher matcher = FILE.matcher(path);
    return matcher.matches() && TYPES.containsKey(matcher.group(2))
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  private Future<Answer> file(RoutingContext asked) {
    HttpServerRequest request = asked.request();
    String name = name(request.path()).orElseThrow(() -> missing(request));
    DashboardFile known = files.get(name);
    if (known != null) {
      return Future.succeededFuture(known.to(request));
    }
    return threads
        .executeBlocking(() -> read(name), false)
        .map(read -> read.orElseThrow(() -> missing(request)).to(request));
  }

  private static Refusal missing(HttpServerRequest request) {
    return Refusal.plain(404, "there is nothing at " + request.path());
  }

  private Optional<DashboardFile> read(String name) throws IOException {
    try (InputStream file = Dashboard.class.getResourceAsStream("dashboard/" + name)) {
      if (file == null) {
        return Optional.empty();
      }
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      DashboardFile read = DashboardFile.of(type, file.readAllBytes());
      files.put(name, read);
      return Optional.of(read);
    }
  }
}
