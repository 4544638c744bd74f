package dev.elbow.acceptance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A page of a {@link Chromium}: what a person does in it, and what went wrong. */
public final class BrowserPage {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DevTools tools;
  private final String session;

  BrowserPage(DevTools tools, String session) {
    this.tools = tools;
    this.session = session;
    List.of("Page", "Runtime", "Log", "Network").forEach(part -> call(part + ".enable", Map.of()));
  }

  /** What the protocol answers to a question that is not among these. */
  public JsonNode call(String method, Map<String, ?> parameters) {
    return tools.call(session, method, parameters);
  }

  public void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Shows pages as on a system whose colours are {@code light} or {@code dark}. */
  public void colours(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  public void go(String address) {
    call("Page.navigate", Map.of("url", address));
  }

  /** The value of an expression; of a promise, what it comes to. */
  public JsonNode value(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + "\n" + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value");
  }

  /** Waits until an expression is true. */
  public void until(String expression) {
    if (!Patience.holds(PATIENCE, () -> value("!!(" + expression + ")").asBoolean())) {
      String text = value("document.body.innerText").asText();
      throw new AssertionError("not so: " + expression + "\n" + problems() + "\n" + text);
    }
  }

  /** Whether there is an element, as an expression. */
  public static String there(String selector) {
    return "document.querySelector(" + quoted(selector) + ")";
  }

  /** An element with a text in it, as an expression: the first of these that is so. */
  public static String there(String selector, String text) {
    return "[...document.querySelectorAll(%s)].find((e) => e.textContent.trim().startsWith(%s))"
        .formatted(quoted(selector), quoted(text));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Waits for an element and clicks into its middle. */
  public void click(String element) {
    Point at = point(element, 0.5, 0.5);
    mouse("mousePressed", at, 1);
    mouse("mouseReleased", at, 0);
  }

  /** A place in the window. */
  public record Point(double x, double y) {}

  /** Waits for an element, brings it into sight, and tells where a part of it is. */
  public Point point(String element, double right, double down) {
    until(element);
    JsonNode box =
        value(
            "(() => { const e = %s; e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; })()"
                .formatted(element));
    return new Point(
        box.get(0).asDouble() + right * box.get(2).asDouble(),
        box.get(1).asDouble() + down * box.get(3).asDouble());
  }

  /** Presses at one place and lets go at another, with steps between. */
  public void drag(Point from, Point to) {
    mouse("mousePressed", from, 1);
    for (int step = 1; step <= 8; step++) {
      double share = step / 8.0;
      Point at =
          new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y()));
      mouse("mouseMoved", at, 1);
    }
    mouse("mouseReleased", to, 0);
  }

  /** Moves, presses or lets go of the mouse; returns when the page has taken it. */
  public void mouse(String type, Point at, int buttons) {
    Map<String, Object> event = new HashMap<>();
    event.put("type", type);
    event.put("x", at.x());
    event.put("y", at.y());
    event.put("buttons", buttons);
    event.put("button", "left");
    event.put("clickCount", 1);
    call("Input.dispatchMouseEvent", event);
  }

  /** Puts a text in the place of what a field holds. */
  public void type(String field, String text) {
    click(field);
    value(field + ".select()");
    call("Input.insertText", Map.of("text", text));
  }

  /** Presses a key and lets it go, at an element. */
  public void press(String element, String key) {
    until(element);
    value(element + ".focus()");
    call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  /** What the page and the browser complained of. */
  public List<String> problems() {
    return tools.events(session).stream().flatMap(BrowserPage::problem).toList();
  }

  private static Stream<String> problem(JsonNode event) {
    JsonNode what = event.get("params");
    return switch (event.get("method").asText()) {
      case "Runtime.exceptionThrown" -> Stream.of(what.get("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" ->
          List.of("error", "warning", "assert").contains(what.get("type").asText())
              ? Stream.of(what.get("args").toString())
              : Stream.empty();
      case "Log.entryAdded" ->
          what.get("entry").get("level").asText().equals("error")
              ? Stream.of(what.get("entry").toString())
              : Stream.empty();
      default -> Stream.empty();
    };
  }

  /** Every address that it asked for. */
  public List<String> asked() {
    return tools.events(session).stream()
        .filter(event -> event.get("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.get("params").get("request").get("url").asText())
        .toList();
  }

  /** Closes it, as people close a tab; what it asked and complained of stays known. */
  public void close() {
    call("Page.close", Map.of());
  }

  /** Keeps a picture of it. */
  public void picture(Path file) throws IOException {
    String png = call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText();
    Files.write(file, Base64.getDecoder().decode(png));
  }
}
