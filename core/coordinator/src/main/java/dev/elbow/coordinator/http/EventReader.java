package dev.elbow.coordinator.http;

import dev.elbow.coordinator.client.LivePosition;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One reader of the live stream. Takes words as fast as its connection takes bytes; one that falls
 * behind what the {@link Backlog} keeps is cut off, and may come back. For one event loop.
 */
final class EventReader {
  private static final int MOST_UNSENT_BYTES = 64 << 10;
  private static final Buffer ALIVE = Buffer.buffer(": alive\n\n");

  private final EventFeed feed;
  private final HttpConnection connection;
  private final HttpServerResponse response;
  private final Optional<String> sweep;
  private final Consumer<EventReader> gone;
  private final Set<String> changed = new LinkedHashSet<>();
  private long next;

  /**
   * @param sweep that it wants to hear of; all if empty
   * @param gone told when the stream has ended
   */
  EventReader(
      EventFeed feed,
      HttpServerRequest request,
      Optional<String> sweep,
      Consumer<EventReader> gone) {
    this.feed = feed;
    this.connection = request.connection();
    this.response = request.response();
    this.sweep = sweep;
    this.gone = gone;
  }

  /** Begins the stream: where it is, then how each of {@code sweeps} stands, then what comes. */
  void begin(Optional<String> after, Collection<String> sweeps) {
    response
        .putHeader("Content-Type", "text/event-stream")
        .setChunked(true)
        .setWriteQueueMaxSize(MOST_UNSENT_BYTES)
        .drainHandler(ready -> write())
        .closeHandler(closed -> gone.accept(this));
    long end = feed.backlog().next();
    Optional<Long> resumed = after.isEmpty() ? Optional.of(end) : after.flatMap(feed::after);
    next = resumed.orElse(end);
    response.write(
        resumed.isPresent()
            ? first("open", "")
            : first("reset", "what came after %s is not known here".formatted(after.get())));
    sweeps.forEach(this::changed);
    write();
  }

  private Buffer first(String event, String reason) {
    String position = feed.position(next);
    return EventFeed.word(event, Optional.of(position), new LivePosition(position, reason));
  }

  /** How a sweep stands has changed. */
  void changed(String name) {
    if (wants(name)) {
      changed.add(name);
    }
  }

  private boolean wants(String name) {
    return sweep.isEmpty() || sweep.get().equals(name);
  }

  /** Sends what there is, as far as the connection takes it. */
  void write() {
    if (next < feed.backlog().first()) {
      gone.accept(this);
      Connections.cut(connection);
      return;
    }
    while (!response.closed() && !response.writeQueueFull()) {
      if (next < feed.backlog().next()) {
        writeWord(feed.backlog().at(next++));
      } else if (!changed.isEmpty()) {
        String name = changed.iterator().next();
        changed.remove(name);
        feed.standing(name).ifPresent(response::write);
      } else {
        return;
      }
    }
  }

  private void writeWord(Backlog.Word word) {
    if (wants(word.sweep())) {
      response.write(word.text());
    }
  }

  /** Says that the stream is alive though there is nothing to tell. */
  void alive() {
    if (!response.closed() && !response.writeQueueFull()) {
      response.write(ALIVE);
    }
  }

  /** Ends the stream when everything that was written is sent. */
  void end() {
    gone.accept(this);
    if (!response.closed() && !response.ended()) {
      response.end();
    }
  }
}
