package dev.elbow.acceptance.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The DevTools protocol of a Chromium: calls with answers, and what happened since it was
 * connected. Thread-safe.
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final long LIMIT_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  private DevTools() {}

  static DevTools connect(URI address) {
    DevTools tools = new DevTools();
    tools.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, tools).join();
    return tools;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean whole) {
    text.append(part);
    if (whole) {
      hear(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private void hear(String message) {
    try {
      JsonNode heard = JSON.readTree(message);
      if (heard.has("id")) {
        open.remove(heard.get("id").asInt()).complete(heard);
      } else {
        events.add(heard);
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(message, e);
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    open.values().forEach(call -> call.completeExceptionally(new AssertionError("it has closed")));
    return null;
  }

  /**
   * Calls and waits for the answer.
   *
   * @param session of a page; empty for the browser itself
   */
  JsonNode call(String session, String method, Map<String, ?> parameters) {
    int number = last.incrementAndGet();
    Map<String, Object> message = new HashMap<>();
    message.put("id", number);
    message.put("method", method);
    message.put("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    open.put(number, answer);
    try {
      synchronized (this) {
        socket.sendText(JSON.writeValueAsString(message), true).join();
      }
      return result(method, answer.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (Exception e) {
      throw new AssertionError(method + " " + parameters, e);
    }
  }

  private static JsonNode result(String method, JsonNode answer) {
    if (answer.has("error")) {
      throw new AssertionError(method + ": " + answer.get("error"));
    }
    return answer.get("result");
  }

  /** What happened in a page. */
  List<JsonNode> events(String session) {
    return events.stream()
        .filter(event -> event.path("sessionId").asText().equals(session))
        .toList();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
