package dev.elbow.coordinator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.elbow.coordinator.client.ClientException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The coordinators that can be asked. A question goes to the one that answered last; where that one
 * stands by or is gone, to the one that is active, and while none is, for some time again. Thread
 * safe.
 */
final class Coordinators {
  /** Stands in requests for whichever coordinator they are sent to. */
  static final String ANY = "http://coordinator";

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final List<String> known;
  private final Duration patience;
  private final Optional<String> token;
  private final boolean secure;
  private final HttpClient http;
  private volatile String current;

  /**
   * @param urls at least one
   * @param credentials shown to each of them
   * @param patience how long an election may take
   * @throws IllegalArgumentException if one is no URL of HTTP or HTTPS
   */
  Coordinators(List<URI> urls, Credentials credentials, Duration patience) {
    this.known = urls.stream().map(Coordinators::base).toList();
    this.token = credentials.token();
    this.secure = known.stream().allMatch(url -> url.startsWith("https:"));
    this.patience = patience;
    this.current = known.get(0);
    this.http = http(credentials);
  }

  private static HttpClient http(Credentials credentials) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ElbowClient.LONGEST_CONNECT);
    credentials.trust().ifPresent(builder::sslContext);
    return builder.build();
  }

  private static String base(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw new IllegalArgumentException(
          "found '%s', expected http://HOST:PORT or https://HOST:PORT".formatted(url));
    }
    return url.toString().replaceAll("/+$", "");
  }

  /** The one that answered last. */
  String current() {
    return current;
  }

  /**
   * An answer that is a success; its body is to be closed by the caller.
   *
   * @param request to {@link #ANY}
   */
  HttpResponse<InputStream> send(HttpRequest request) throws ClientException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return sendInTurn(request);
      } catch (ClientException e) {
        if (!standsBy(e) || System.nanoTime() >= end) {
          throw e;
        }
        pause();
      }
    }
  }

  private HttpResponse<InputStream> sendInTurn(HttpRequest request) throws ClientException {
    Deque<String> next = new ArrayDeque<>(known);
    next.addFirst(current);
    Set<String> asked = new HashSet<>();
    Optional<ClientException> refusal = Optional.empty();
    while (!next.isEmpty()) {
      String base = next.poll();
      if (!asked.add(base)) {
        continue;
      }
      try {
        return send(request, base);
      } catch (ElsewhereException e) {
        e.address().filter(this::mayBeTold).ifPresent(next::addFirst);
        refusal = Optional.of(refusal.map(before -> both(before, e.reason())).orElse(e.reason()));
      }
    }
    throw refusal.orElseThrow();
  }

  // Who asks over TLS alone shows the token to nobody without it, whatever a coordinator says.
  private boolean mayBeTold(String url) {
    return !secure || url.startsWith("https:");
  }

  /** That one may do what this one did not. */
  private static final class ElsewhereException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ClientException reason;

    ElsewhereException(ClientException reason) {
      super(reason);
      this.reason = reason;
    }

    ClientException reason() {
      return reason;
    }

    Optional<String> address() {
      return reason.problem().map(ProblemDocument::activeUrl).flatMap(Coordinators::valid);
    }
  }

  private static Optional<String> valid(String url) {
    try {
      return Optional.of(base(URI.create(url)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // it has none, or one that only a later release understands
    }
  }

  // Somebody who stands by says more than somebody who does not answer, and is worth waiting for.
  private static ClientException both(ClientException first, ClientException second) {
    ClientException main = standsBy(second) && !standsBy(first) ? second : first;
    return new ClientException(
        main.reason(),
        first.getMessage() + "; " + second.getMessage(),
        main.problem(),
        main.getCause());
  }

  private static boolean standsBy(ClientException e) {
    return e.problem().filter(p -> p.type().equals(ProblemDocument.NOT_ACTIVE)).isPresent();
  }

  private HttpResponse<InputStream> send(HttpRequest request, String base)
      throws ClientException, ElsewhereException {
    String rest = request.uri().toString().substring(ANY.length());
    try {
      HttpRequest.Builder there =
          HttpRequest.newBuilder(request, (name, value) -> true).uri(URI.create(base + rest));
      token.ifPresent(shown -> there.header("Authorization", "Bearer " + shown));
      return answered(http.send(there.build(), BodyHandlers.ofInputStream()), base);
    } catch (IOException e) {
      ClientException failure = ClientException.unreachable(Unreachable.text(base, e), e);
      // What was begun may have been done, and is not asked of another.
      if (request.method().equals("GET") || Unreachable.neverBegun(e)) {
        throw new ElsewhereException(failure);
      }
      throw failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClientException.unreachable("interrupted while waiting for " + base, e);
    }
  }

  private HttpResponse<InputStream> answered(HttpResponse<InputStream> response, String base)
      throws ClientException, ElsewhereException, IOException {
    if (response.statusCode() / 100 == 2) {
      current = base;
      return response;
    }
    ClientException refusal = refused(response, base);
    if (standsBy(refusal)) {
      throw new ElsewhereException(refusal);
    }
    throw refusal;
  }

  private static ClientException refused(HttpResponse<InputStream> response, String base)
      throws IOException {
    int status = response.statusCode();
    try (InputStream body = response.body()) {
      ProblemDocument problem = AnswerFormat.read(body.readAllBytes(), ProblemDocument.class);
      Reason reason = status < 500 ? Reason.REFUSED : Reason.UNAVAILABLE;
      String text = problem.detail().isEmpty() ? problem.title() : problem.detail();
      return new ClientException(reason, text, Optional.of(problem), null);
    } catch (JsonProcessingException e) {
      return ClientException.unreachable(stranger(base, "status " + status), e);
    }
  }

  static String stranger(String base, String found) {
    return "%s answers, but not as an Elbow coordinator does: %s".formatted(base, found);
  }

  private void pause() throws ClientException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClientException.unreachable("interrupted while waiting for " + current, e);
    }
  }
}
