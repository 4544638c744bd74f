package dev.elbow.coordinator.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
  private static LiveEvents of(String text) {
    InputStream stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new LiveEvents(stream, "before", Duration.ofSeconds(10));
  }

  @Test
  void readsWordsAndKeepsThePosition() {
    LiveEvents events =
        of(
            """
            event: open
            id: f-3
            data: {"position":"f-3","reason":""}

            : alive

            event: deleted
            id: f-4
            data: {"sweep":"s",
            data: "later":1}

            """);
    assertEquals("before", events.position());
    assertEquals(Optional.of(new LiveEvent.Opened("f-3")), events.next());
    assertEquals("f-3", events.position());
    assertEquals(Optional.of(new LiveEvent.Deleted("s")), events.next());
    assertEquals("f-4", events.position());
    assertEquals(Optional.empty(), events.next());
  }

  @Test
  void passesOverWordsOfLaterReleases() {
    LiveEvents events =
        of("event: fireworks\ndata: 7\n\nevent: deleted\ndata: {\"sweep\":\"s\"}\n\n");
    assertEquals(Optional.of(new LiveEvent.Deleted("s")), events.next());
  }

  @Test
  void countsAWordThatBrokeOffAsNotHeard() {
    LiveEvents events = of("event: deleted\nid: f-9\ndata: {\"sweep\":\"s\"}\n");
    assertEquals(Optional.empty(), events.next());
    assertEquals("before", events.position());
  }
}
