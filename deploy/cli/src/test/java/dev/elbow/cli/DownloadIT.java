package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.elbow.testkit.RandomArrays;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadIT {
  private final byte[] content = RandomArrays.bytes(200_000, 1);
  private final List<String> ranges = new ArrayList<>();
  private byte[] served = content;
  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(free, 0);
    server.createContext("/set.gz", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(String.valueOf(range));
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    exchange.sendResponseHeaders(range == null ? 200 : 206, served.length - from);
    exchange.getResponseBody().write(served, from, served.length - from);
    exchange.close();
  }

  private PublicData.Part part(String file) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
    URI address =
        URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), file));
    return new PublicData.Part(
        address, content.length, Optional.of(HexFormat.of().formatHex(hash)));
  }

  private boolean fetch() throws Exception {
    return new Download().fetch(part("set.gz"), folder, size -> {});
  }

  private String refusal(String file) throws Exception {
    PublicData.Part part = part(file);
    return assertThrows(IOException.class, () -> new Download().fetch(part, folder, size -> {}))
        .getMessage();
  }

  @Test
  void aFileIsFetchedOnce() throws Exception {
    assertTrue(fetch());
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("set.gz")));
    assertFalse(fetch());
    assertEquals(List.of("null"), ranges);
  }

  @Test
  void aFileWithAWrongHashIsRefusedAndRemoved() throws Exception {
    served = content.clone();
    served[77] ^= 1;
    assertTrue(refusal("set.gz").endsWith("; it was removed"));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void whatEndedTooEarlyGoesOnWhereItWas() throws Exception {
    served = Arrays.copyOf(content, 70_000);
    assertTrue(refusal("set.gz").contains("ended after 70000 of 200000 bytes"));
    assertFalse(Files.exists(folder.resolve("set.gz")));
    served = content;
    assertTrue(fetch());
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("set.gz")));
    assertEquals(List.of("null", "bytes=70000-"), ranges);
  }

  @Test
  void moreThanIsExpectedIsNotTakenForLong() throws Exception {
    served = Arrays.copyOf(content, 3_000_000);
    assertTrue(refusal("set.gz").contains("expected"));
    assertFalse(Files.exists(folder.resolve("set.gz")));
  }

  @Test
  void anAddressThatIsGoneIsNamed() throws Exception {
    assertTrue(refusal("gone.gz").contains("/gone.gz: answered with status 404, expected 200"));
  }

  @Test
  void theCommandListsSetsAndRefusesWhatItCannotCheck() {
    ElbowLine line = new ElbowLine();
    assertEquals(0, line.execute(folder, "data"));
    assertTrue(line.out().contains("{plugin: idx, path: kmnist}"), line.out());
    assertEquals(2, line.execute(folder, "data", "fetch", "dsprites", "--data", "x"));
    assertTrue(line.err().contains("has no hash to check it by"), line.err());
    assertEquals(2, line.execute(folder, "data", "fetch", "mnst", "--data", "x"));
    assertTrue(line.err().contains("did you mean 'mnist'?"), line.err());
    assertEquals(2, line.execute(folder, "data", "fetch", "mnist"));
    assertTrue(line.err().contains("--data: missing"), line.err());
  }
}
