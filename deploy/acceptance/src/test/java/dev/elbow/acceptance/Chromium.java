package dev.elbow.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A browser without a window, in a folder of its own, with nothing that it does by itself. */
final class Chromium implements AutoCloseable {
  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /** Starts it; without one the test is reported as not run. */
  static Chromium start(Path folder) throws IOException {
    Tool program = Tool.required("chromium", "Debian: apt-get install chromium");
    Path profile = folder.resolve("profile");
    Path log = folder.resolve("chromium.log");
    Process process =
        program.start(
            log,
            List.of(
                "--headless=new",
                // As root, which builds in containers are, it runs without its sandbox or not at
                // all; it sees nothing but us.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-sync",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
    try {
      return new Chromium(process, DevTools.connect(address(process, profile, log)));
    } catch (RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  // It writes its port and its path to a file when it listens.
  private static URI address(Process process, Path profile, Path log) {
    Path file = profile.resolve("DevToolsActivePort");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("Chromium has ended\n" + Files.readString(log));
              }
              return Files.exists(file) && Files.readAllLines(file).size() >= 2;
            });
    try {
      List<String> lines = Files.readAllLines(file);
      return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A page of a size, empty as yet. */
  BrowserPage open(int width, int height) {
    JsonNode target = tools.call("", "Target.createTarget", Map.of("url", "about:blank"));
    JsonNode session =
        tools.call(
            "",
            "Target.attachToTarget",
            Map.of("targetId", target.get("targetId").asText(), "flatten", true));
    BrowserPage page = new BrowserPage(tools, session.get("sessionId").asText());
    page.resize(width, height);
    return page;
  }

  @Override
  public void close() throws InterruptedException {
    // Asked to, it takes its sockets away, which are beyond its folder.
    tools.call("", "Browser.close", Map.of());
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    tools.close();
  }
}
