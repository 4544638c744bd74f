package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.done;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.TestSystem;
import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.Credentials;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.ElbowClient.Format;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Subscription;
import dev.elbow.testkit.SelfSigned;
import dev.elbow.testkit.SharedBroker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(SharedBroker.class)
class HostileRequestsIT {
  private static final HttpLimits SHORT =
      new HttpLimits(
          5, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(10), 1 << 20);

  // No time decides there.
  private static final HttpLimits PATIENT =
      new HttpLimits(
          5, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5), 1 << 20);

  private static final String READ = "reads-0123456789";
  private static final String WRITE = "writes-0123456789";
  private static final String TOKENS = "read: %s\nwrite: %s\n".formatted(READ, WRITE);

  @TempDir static Path certificates;
  @TempDir static Path results;
  private static TestSystem system;
  private static int port;
  private static int guarded;
  private static int secured;
  private static int crowded;
  private static String identity;

  @BeforeAll
  static void start(Broker broker) throws Exception {
    system = new TestSystem(broker, Catalog.ofClassPath(), results);
    SelfSigned certificate = SelfSigned.make(certificates, "elbow", "EC");
    identity = certificate.certificate();
    TlsIdentity served = TlsIdentity.of(identity, certificate.key());
    port = serve(Optional.empty(), Optional.empty());
    guarded = serve(Optional.of(Tokens.parse(TOKENS)), Optional.empty());
    secured = serve(Optional.of(Tokens.parse(TOKENS)), Optional.of(served));
    crowded = serve(Optional.of(Tokens.parse(TOKENS)), Optional.of(served), PATIENT);
  }

  private static int serve(Optional<Tokens> tokens, Optional<TlsIdentity> identity) {
    return serve(tokens, identity, SHORT);
  }

  private static int serve(
      Optional<Tokens> tokens, Optional<TlsIdentity> identity, HttpLimits limits) {
    Listening listening =
        new Listening(
            List.of("127.0.0.1"),
            0,
            List.of("elbow.example:443", "https://pages.example"),
            tokens,
            identity);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HttpApi api =
        done(
            HttpApi.start(
                system.vertx(),
                system.coordinator(),
                new HttpSettings(listening, metrics, limits)));
    system.own(() -> done(api.close()));
    return api.port();
  }

  @AfterAll
  static void stop() throws Exception {
    system.close();
  }

  @AfterEach
  void itLivesOn() throws IOException {
    TestSystem.until(() -> status("GET /health/live HTTP/1.1", "") == 200);
  }

  private static int status(String firstLine, String headers) throws IOException {
    return status(firstLine, "Host: localhost\r\n" + headers, "");
  }

  private static int status(String firstLine, String headers, String body) throws IOException {
    return status(port, firstLine, headers, body);
  }

  private static int status(int port, String firstLine, String headers, String body)
      throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.say(firstLine + "\r\n" + headers + "\r\n" + body).status();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:1, 200",
    "127.0.0.1, 200",
    "elbow.example, 200",
    "evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "192.168.0.1, 421",
    "'', 421",
    "a b, 400"
  })
  void answersUnderItsOwnNamesAlone(String host, int expected) throws IOException {
    assertEquals(expected, status("GET /health/live HTTP/1.1", "Host: " + host + "\r\n", ""));
  }

  @Test
  void answersNobodyWhoNamesNoHost() throws IOException {
    assertEquals(421, status("GET /health/live HTTP/1.0", "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, 200",
    "https://localhost, 403",
    "http://localhost:1, 403",
    "https://Pages.example, 200",
    "http://pages.example, 403",
    "https://pages.example:8443, 403",
    "http://evil.example, 403",
    "null, 403"
  })
  void answersPagesOfItsOwnOriginAlone(String origin, int expected) throws IOException {
    assertEquals(expected, status("GET /api/sweeps HTTP/1.1", "Origin: " + origin + "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /, , 200",
    "GET /dashboard/app.js, , 200",
    "GET /dashboard/nothing.js, , 404",
    "GET /dashboard/../api/sweeps, , 401",
    "GET /dashboard/pages/../../api/sweeps, , 401",
    "GET /dashboard/%2e%2e/api/sweeps, , 401",
    "GET /dashboard//app.js, , 401",
    "GET /?x=/api/sweeps, , 200",
    "POST /, , 401",
    "DELETE /dashboard/app.js, , 401",
    "GET /api/sweeps, , 401",
    "GET /metrics, , 401",
    "GET /api/events, , 401",
    "GET /api/nothing, , 401",
    "GET /health/live/../../metrics, , 401",
    "GET /health/live/, , 401",
    "POST /api/sweeps, , 401",
    "POST /api/validate, , 401",
    "GET /api/examples, , 401",
    "GET /api/sweeps/s/trials/1/images, , 401",
    "DELETE /api/sweeps/s, , 401",
    "GET /api/sweeps, Bearer, 401",
    "GET /api/sweeps, Bearer reads-012345678, 401",
    "GET /api/sweeps, Bearer reads-01234567890, 401",
    "GET /api/sweeps, Bearer READS-0123456789, 401",
    "GET /api/sweeps, Basic cmVhZHMtMDEyMzQ1Njc4OQ==, 401",
    "GET /api/sweeps?token=reads-0123456789, , 401",
    "GET /api/sweeps, Bearer reads-0123456789, 200",
    "GET /api/sweeps, Bearer writes-0123456789, 200",
    "GET /metrics, Bearer reads-0123456789, 200",
    "POST /api/sweeps, Bearer reads-0123456789, 403",
    "POST /api/validate, Bearer reads-0123456789, 403",
    "POST /api/validate, Bearer writes-0123456789, 200",
    "GET /api/examples, Bearer reads-0123456789, 200",
    "GET /api/sweeps/s/trials/1/images, Bearer reads-0123456789, 404",
    "POST /api/sweeps/s/cancel, Bearer reads-0123456789, 403",
    "PUT /api/sweeps/s, Bearer reads-0123456789, 403",
    "DELETE /api/sweeps/s, Bearer reads-0123456789, 403",
    "POST /api/sweeps/s/cancel, Bearer writes-0123456789, 404",
    "DELETE /api/sweeps/s, Bearer writes-0123456789, 404",
    "POST /api/sweeps/s/trials/1/decode/../../../cancel, Bearer reads-0123456789, 403",
    "POST /api/sweeps/s/trials/1/decode, Bearer reads-0123456789, 404",
    "POST /api/sweeps/s/trials/1/decode, , 401",
    "DELETE /api/sweeps/s/trials/1/decode, Bearer reads-0123456789, 403",
    "GET /health/live, , 200",
    "GET /health/ready, Bearer wrong, 200"
  })
  void answersThoseWhoShowATokenWhatItIsFor(String request, String token, int expected)
      throws IOException {
    String header = token == null ? "" : "Authorization: " + token + "\r\n";
    String headers =
        "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 0\r\n" + header;
    assertEquals(expected, status(guarded, request + " HTTP/1.1", headers, ""));
  }

  @ParameterizedTest
  @CsvSource({"Host: evil.example, 421", "Origin: http://evil.example, 403"})
  void aTokenDoesNotHelpForeignPages(String header, int expected) throws IOException {
    String host = header.startsWith("Host") ? "" : "Host: localhost\r\n";
    String headers = host + header + "\r\nAuthorization: Bearer " + WRITE + "\r\n";
    assertEquals(expected, status(guarded, "GET /api/sweeps HTTP/1.1", headers, ""));
  }

  @Test
  void saysHowATokenIsShown() throws IOException {
    try (Wire wire = new Wire(guarded)) {
      wire.say("GET /api/sweeps HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(401, wire.status());
      List<String> headers = new ArrayList<>();
      for (String line = wire.line(); !line.isEmpty(); line = wire.line()) {
        headers.add(line.toLowerCase(Locale.ROOT));
      }
      assertTrue(headers.contains("www-authenticate: bearer realm=\"elbow\""), headers.toString());
    }
  }

  @Test
  void answersNobodyOfTheOtherSchemeThanItsOwn() throws IOException {
    String headers = "Host: localhost\r\nAuthorization: Bearer " + WRITE + "\r\n";
    assertEquals(0, status(secured, "GET /health/live HTTP/1.1", headers, ""));
    // What a client of TLS says first is no line, so the other waits for one, but not for ever.
    assertEquals(0, status(port, "\u0016\u0003\u0001\u0002\u0000", "", ""));
  }

  @Test
  void answersOverTlsThoseWhoTrustItAndShowAToken() throws Exception {
    List<URI> urls = List.of(URI.create("https://127.0.0.1:" + secured));
    Credentials trusting = Credentials.NONE.trusting(identity);
    assertEquals(
        system.coordinator().sweeps().size(),
        ElbowClient.at(urls, trusting.token(READ)).sweeps().size());
    assertTrue(refusal(urls, trusting).contains("a token is needed"));
    assertTrue(refusal(urls, trusting.token("another-0123456789")).contains("none of those"));
    assertTrue(refusal(urls, Credentials.NONE.token(READ)).contains("it is not trusted"));
  }

  @Test
  void theLogSaysWhoAskedForWhat() throws Exception {
    ElbowClient stranger = ElbowClient.at(URI.create("http://127.0.0.1:" + port));
    List<URI> urls = List.of(URI.create("http://127.0.0.1:" + guarded));
    ElbowClient known = ElbowClient.at(urls, Credentials.NONE.token(WRITE));
    known.submit(TestSystem.sweep("known", 1).getBytes(UTF_8), Format.YAML);
    known.pause("known");
    stranger.resume("known");
    known.cancel("known");
    assertEquals(
        List.of("write at 127.0.0.1", "write at 127.0.0.1", "local", "write at 127.0.0.1"),
        log().flatMap(HostileRequestsIT::by).toList());
  }

  private static Stream<String> by(Event event) {
    if (event instanceof Event.SweepSubmitted submitted && submitted.sweep().equals("known")) {
      return submitted.by().stream();
    }
    return event instanceof Event.Commanded commanded && commanded.sweep().equals("known")
        ? Stream.of(commanded.by())
        : Stream.empty();
  }

  private static Stream<Event> log() {
    List<Event> events = new CopyOnWriteArrayList<>();
    Messaging messaging = Messaging.open(system.vertx(), system.coordinator().settings().kafka());
    Subscription reading =
        messaging
            .events()
            .subscribe(found -> events.add(((Delivery.Message<Event>) found).value()));
    done(reading.caughtUp().eventually(reading::close).eventually(messaging::close));
    return events.stream();
  }

  private static String refusal(List<URI> urls, Credentials credentials) {
    ElbowClient client = ElbowClient.at(urls, credentials);
    return assertThrows(ClientException.class, client::sweeps).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/jsonp"
      })
  void takesNothingThatAForeignFormCouldSend(String type) throws IOException {
    String header = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    String headers = "Host: localhost\r\nContent-Length: 2\r\n" + header;
    assertEquals(415, status("POST /api/sweeps HTTP/1.1", headers, "{}"));
    assertEquals(415, status("POST /api/sweeps/s/cancel HTTP/1.1", headers, "{}"));
    assertEquals(415, status("POST /api/validate HTTP/1.1", headers, "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /../../etc/passwd HTTP/1.1, 404",
    "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1, 404",
    "GET /api/sweeps/..%2f..%2fetc HTTP/1.1, 404",
    "GET /api/sweeps/%00 HTTP/1.1, 404",
    "GET /api/sweeps/%C0%AE%C0%AE/trials HTTP/1.1, 404",
    "GET /api/sweeps/<script> HTTP/1.1, 404",
    "GET /api/sweeps/%zz HTTP/1.1, 400",
    "GET /api/sweeps/s/trials/0 HTTP/1.1, 404",
    "GET /api/sweeps/s/trials/99999999999 HTTP/1.1, 404",
    "GET /api/sweeps/s/trials/-1 HTTP/1.1, 404",
    "GET /api/events?after=x&after=y HTTP/1.1, 400",
    "GET /api/events?since=1 HTTP/1.1, 400",
    "PUT /api/sweeps HTTP/1.1, 405",
    "TRACE /api/sweeps HTTP/1.1, 405",
    "OPTIONS /api/sweeps HTTP/1.1, 405",
    "nonsense, 400",
    "GET / HTTP/9.9, 501"
  })
  void refusesAddressesThatLeadNowhere(String firstLine, int expected) throws IOException {
    assertEquals(expected, status(firstLine, ""));
  }

  @Test
  void refusesLinesAndHeadersThatAreTooLong() throws IOException {
    assertEquals(414, status("GET /" + "x".repeat(9000) + " HTTP/1.1", ""));
    assertEquals(431, status("GET / HTTP/1.1", "X: " + "x".repeat(20_000) + "\r\n"));
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws IOException {
    String type = "Host: localhost\r\nContent-Type: application/json\r\n";
    assertEquals(
        413, status("POST /api/sweeps HTTP/1.1", type + "Content-Length: 2000000\r\n", "{"));
    String chunks = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(20);
    assertEquals(
        413, status("POST /api/sweeps HTTP/1.1", type + "Transfer-Encoding: chunked\r\n", chunks));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\u00ff\u00fe\u0000", "&a [*a, *a]", "name: <b>x</b>\n"})
  void refusesBodiesThatAreNoSweep(String body) throws IOException {
    String headers =
        "Host: localhost\r\nContent-Type: application/yaml\r\nContent-Length: %d\r\n"
            .formatted(body.length());
    assertEquals(400, status("POST /api/sweeps HTTP/1.1", headers, body));
    assertEquals(200, status("POST /api/validate HTTP/1.1", headers, body));
  }

  @Test
  void waitsForNobodyWhoSpeaksTooSlowly() throws IOException {
    try (Wire head = new Wire(port);
        Wire body = new Wire(port);
        Wire silent = new Wire(port)) {
      head.say("GET /api/sweeps HTTP/1.1\r\nHost: local");
      body.say(
          "POST /api/sweeps HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
      assertTrue(head.ends());
      assertTrue(body.ends());
      assertTrue(silent.ends());
    }
  }

  @Test
  void waitsForNobodyWhoDoesNotTakeAFile() throws Exception {
    done(system.coordinator().submit(sweep()));
    system.worker(1, trial -> Optional.of(TestSystem.completed(1)));
    done(system.coordinator().finished("s"));
    Files.write(results.resolve("s/trials/0001/decoder.onnx"), new byte[50_000_000]);
    try (Wire wire = new Wire(port)) {
      wire.say("GET /api/sweeps/s/trials/1/files/decoder.onnx HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(200, wire.status());
      TestSystem.until(() -> cut(wire));
    }
  }

  private static Sweep sweep() {
    SweepReader reader =
        new SweepReader(system.coordinator().settings().catalog(), DataFolder.none());
    return reader.read("s", TestSystem.sweep("s", 1).getBytes(UTF_8)).sweep().orElseThrow();
  }

  private static boolean cut(Wire wire) {
    try {
      wire.say(" ");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void closesWhatIsKeptOpenForNothing() throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(200, wire.status());
      while (wire.line() != null) {
        // The headers and the body, and then the end.
      }
    }
  }

  @Test
  void keepsNoMoreConnectionsThanItsLimit() throws IOException {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wires.add(new Wire(port));
    }
    try (Wire tooMany = new Wire(port)) {
      assertTrue(tooMany.ends());
    }
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @Test
  void handshakesThatAreNotEndedAreConnectionsToo() throws Exception {
    URI url = URI.create("https://127.0.0.1:" + crowded);
    Credentials trusting = Credentials.NONE.trusting(identity).token(READ);
    ElbowClient.at(List.of(url), trusting).sweeps();
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wires.add(new Wire(crowded));
    }
    try (Wire tooMany = new Wire(crowded)) {
      assertTrue(tooMany.ends());
    }
    for (Wire wire : wires) {
      wire.close();
    }
  }
}
