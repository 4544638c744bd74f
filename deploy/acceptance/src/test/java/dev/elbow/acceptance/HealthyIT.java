package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.elbow.acceptance.chaos.FreePorts;
import dev.elbow.testkit.SelfSigned;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What images ask of themselves: {@code deploy/docker/healthy}. */
@Timeout(60)
class HealthyIT {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Map<String, Integer> STATUS =
      Map.of("/health/ready", 503, "/health/live", 200);

  @TempDir Path folder;

  @Test
  void asksInTheClear() throws Exception {
    tellsLiveFromReady(HttpServer.create(FREE, 0));
  }

  @Test
  void asksOverTlsWhereThePortSpeaksThat() throws Exception {
    Tool.required("openssl", "Debian: apt-get install openssl");
    HttpsServer server = HttpsServer.create(FREE, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    tellsLiveFromReady(server);
  }

  private void tellsLiveFromReady(HttpServer server) throws Exception {
    server.createContext(
        "/",
        asked -> {
          asked.sendResponseHeaders(STATUS.get(asked.getRequestURI().getPath()), -1);
          asked.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      assertEquals(0, healthy(port, "live"));
      assertEquals(1, healthy(port, "ready"));
    } finally {
      server.stop(0);
    }
  }

  private SSLContext tls() throws Exception {
    char[] password = SelfSigned.PASSWORD.toCharArray();
    Path store = SelfSigned.make(folder, "healthy", "EC").store();
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(KeyStore.getInstance(store.toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void nobodyThereIsNotWell() throws Exception {
    assertEquals(1, healthy(FreePorts.take(1).get(0), "live"));
  }

  private static int healthy(int port, String what) throws Exception {
    String script = Path.of("..", "docker", "healthy").toString();
    Process process =
        new ProcessBuilder("bash", script, String.valueOf(port), what)
            .redirectErrorStream(true)
            .start();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    return process.waitFor();
  }
}
