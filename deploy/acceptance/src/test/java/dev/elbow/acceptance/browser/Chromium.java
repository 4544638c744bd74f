package dev.elbow.acceptance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A browser without a window, in a folder of its own, with nothing that it does by itself. */
public final class Chromium implements AutoCloseable {
  private static final Duration TO_START = Duration.ofSeconds(60);

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /**
   * Starts it.
   *
   * @param program the browser's
   * @param folder where it keeps everything
   */
  public static Chromium start(Path program, Path folder) throws IOException {
    Path profile = folder.resolve("profile");
    Path log = folder.resolve("chromium.log");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(
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
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      return new Chromium(process, DevTools.connect(address(process, profile, log)));
    } catch (RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  // It writes its port and its path to a file when it listens.
  private static URI address(Process process, Path profile, Path log) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    if (!Patience.holds(TO_START, () -> !process.isAlive() || lines(file).size() >= 2)
        || !process.isAlive()) {
      throw new AssertionError("Chromium does not listen\n" + Files.readString(log));
    }
    return URI.create("ws://127.0.0.1:" + lines(file).get(0) + lines(file).get(1));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page of a size, empty as yet. */
  public BrowserPage open(int width, int height) {
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
