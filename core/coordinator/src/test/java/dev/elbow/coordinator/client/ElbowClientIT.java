package dev.elbow.coordinator.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.elbow.coordinator.client.ClientException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ElbowClientIT {
  private static ClientException failure(String url) {
    ElbowClient client = ElbowClient.at(URI.create(url));
    return assertThrows(ClientException.class, client::sweeps);
  }

  @Test
  void saysThatNothingAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + free;
    ClientException e = failure(url + "/");
    assertEquals(Reason.UNREACHABLE, e.reason());
    assertEquals("nothing answers at %s: connection refused".formatted(url), e.getMessage());
  }

  @Test
  void saysThatTheHostIsUnknown() {
    assertEquals(
        "nothing answers at http://elbow.invalid:8080: the host name is unknown",
        failure("http://elbow.invalid:8080").getMessage());
  }

  @Test
  void saysThatTheConnectionBrokeOff() throws Exception {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread closing = new Thread(() -> closeAll(socket));
    closing.start();
    String message = failure("http://127.0.0.1:" + socket.getLocalPort()).getMessage();
    assertTrue(message.contains(": the connection broke off ("), message);
    socket.close();
    closing.join();
  }

  // The JDK's client tries again by itself.
  private static void closeAll(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        socket.accept().close();
      } catch (IOException e) {
        assertTrue(socket.isClosed(), () -> "cannot accept: " + e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, <html>, Unexpected character",
    "404, <html>, status 404",
    "500, '', status 500"
  })
  void saysThatSomethingElseAnswers(int status, String body, String expected) throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    other.start();
    try {
      ClientException e = failure("http://127.0.0.1:" + other.getAddress().getPort());
      assertEquals(Reason.UNREACHABLE, e.reason());
      assertTrue(
          e.getMessage().contains("answers, but not as an Elbow coordinator does: " + expected),
          e.getMessage());
    } finally {
      other.stop(0);
    }
  }

  @Test
  void endsAStreamThatIsNotHeardOfForTooLong() throws Exception {
    HttpServer silent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    silent.createContext("/", exchange -> exchange.sendResponseHeaders(200, 0));
    silent.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + silent.getAddress().getPort());
      InputStream stream =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream())
              .body();
      try (LiveEvents events = new LiveEvents(stream, "", Duration.ofMillis(200))) {
        assertEquals(Optional.empty(), events.next());
      }
    } finally {
      silent.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "localhost:8080", "http:/x", "nonsense"})
  void takesAnAddressOfTheWebAlone(String url) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ElbowClient.at(URI.create(url)));
    assertTrue(e.getMessage().contains("expected http://HOST:PORT"), e.getMessage());
  }
}
