package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.completed;
import static dev.elbow.coordinator.TestSystem.done;
import static dev.elbow.coordinator.TestSystem.evaluation;
import static dev.elbow.coordinator.TestSystem.sweep;
import static dev.elbow.coordinator.TestSystem.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.LiveEvent;
import dev.elbow.coordinator.client.LiveEvents;
import dev.elbow.coordinator.client.TrialQuery;
import dev.elbow.coordinator.ledger.TrialState;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class EventFeedIT extends HttpFixture {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          200, Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofMillis(200), 1 << 20);
  private static final TrialId FIRST = new TrialId("s", 1);

  @Override
  HttpSettings settings() {
    return new HttpSettings(Listening.locally(0), metrics, LIMITS);
  }

  private void submit(String name, int trials) throws ClientException {
    submit(sweep(name, trials));
  }

  private LiveEvents events(Optional<String> sweep, Optional<String> after) throws ClientException {
    return client.events(sweep, after);
  }

  private static List<LiveEvent> readUntil(LiveEvents events, Predicate<LiveEvent> last) {
    List<LiveEvent> read = new ArrayList<>();
    while (true) {
      LiveEvent event = events.next().orElseThrow();
      read.add(event);
      if (last.test(event)) {
        return read;
      }
    }
  }

  private static boolean over(LiveEvent event) {
    return event instanceof LiveEvent.SweepChanged changed && changed.sweep().finished();
  }

  /** {@code trial state} of each word about a trial. */
  private static List<String> trials(List<LiveEvent> events) {
    return events.stream()
        .filter(LiveEvent.TrialChanged.class::isInstance)
        .map(event -> ((LiveEvent.TrialChanged) event).trial())
        .map(trial -> trial.trial() + " " + trial.state())
        .toList();
  }

  @Test
  void tellsASweepFromItsSubmissionToItsEnd() throws Exception {
    try (LiveEvents events = events(Optional.empty(), Optional.empty())) {
      submit("s", 3);
      system.worker(1, trial -> Optional.of(completed(100 + trial.number())));
      List<LiveEvent> read = readUntil(events, EventFeedIT::over);
      assertInstanceOf(LiveEvent.Opened.class, read.get(0));
      List<String> trials = trials(read);
      for (int number = 1; number <= 3; number++) {
        int began = trials.indexOf("000%d running".formatted(number));
        assertTrue(began >= 0, trials.toString());
        assertTrue(began < trials.indexOf("000%d completed".formatted(number)), trials.toString());
      }
    }
  }

  @Test
  void tellsOfEvaluations() throws Exception {
    submit("s", 1);
    system.worker(1, trial -> Optional.empty());
    system.untilTaken(FIRST);
    try (LiveEvents events = events(Optional.of("s"), Optional.empty())) {
      system.measure(FIRST, evaluation(123));
      List<LiveEvent> read = readUntil(events, LiveEvent.Evaluated.class::isInstance);
      LiveEvent.Evaluated evaluated = (LiveEvent.Evaluated) read.get(read.size() - 1);
      assertEquals("0001", evaluated.evaluation().trial());
      assertEquals(123.0, evaluated.evaluation().point().figures().get("test_loss"));
      assertEquals(10, evaluated.evaluation().point().step());
      assertEquals(10, evaluated.evaluation().epochs());
      assertEquals(0, evaluated.evaluation().steps());
    }
  }

  @Test
  void tellsThatASweepWasDeletedAndSaysNoMoreHowItStood() throws Exception {
    submit("s", 1);
    submit("t", 1);
    try (LiveEvents events = events(Optional.of("s"), Optional.empty())) {
      client.delete("s");
      List<LiveEvent> read = readUntil(events, LiveEvent.Deleted.class::isInstance);
      assertEquals(new LiveEvent.Deleted("s"), read.get(read.size() - 1));
    }
    try (LiveEvents later = events(Optional.empty(), Optional.empty())) {
      List<LiveEvent> read = readUntil(later, LiveEvent.SweepChanged.class::isInstance);
      assertEquals("t", ((LiveEvent.SweepChanged) read.get(read.size() - 1)).sweep().sweep());
    }
  }

  @Test
  void continuesWhereAReaderWasAndLeavesNothingOut() throws Exception {
    submit("s", 4);
    LiveEvents before = events(Optional.empty(), Optional.empty());
    system.worker(1, trial -> Optional.of(completed(trial.number())));
    List<LiveEvent> read =
        new ArrayList<>(readUntil(before, LiveEvent.TrialChanged.class::isInstance));
    before.close();
    until(() -> client.sweep("s").finished());
    try (LiveEvents after = events(Optional.empty(), Optional.of(before.position()))) {
      List<LiveEvent> more = readUntil(after, EventFeedIT::over);
      assertInstanceOf(LiveEvent.Opened.class, more.get(0));
      read.addAll(more);
    }
    List<String> trials = trials(read);
    assertEquals(trials.stream().distinct().toList(), trials);
    assertTrue(
        trials.containsAll(
            List.of("0001 completed", "0002 completed", "0003 completed", "0004 completed")),
        trials.toString());
  }

  @Test
  void saysWhenItCannotContinue() throws Exception {
    try (LiveEvents events = events(Optional.empty(), Optional.of("12345678-9"))) {
      LiveEvent.Reset reset = assertInstanceOf(LiveEvent.Reset.class, events.next().orElseThrow());
      assertEquals("what came after 12345678-9 is not known here", reset.reason());
      assertEquals(events.position(), reset.position());
    }
  }

  @Test
  void tellsOfOneSweepAlone() throws Exception {
    submit("s", 2);
    submit("t", 2);
    try (LiveEvents events = events(Optional.of("t"), Optional.empty())) {
      system.worker(1, trial -> Optional.of(completed(1)));
      List<LiveEvent> read = readUntil(events, EventFeedIT::over);
      assertTrue(
          read.stream()
              .filter(LiveEvent.TrialChanged.class::isInstance)
              .allMatch(e -> ((LiveEvent.TrialChanged) e).trial().sweep().equals("t")));
    }
    ClientException e =
        assertThrows(ClientException.class, () -> events(Optional.of("none"), Optional.empty()));
    assertEquals("there is no sweep 'none'", e.getMessage());
  }

  @Test
  void saysThatItIsAliveAndEndsWithTheCoordinator() throws Exception {
    try (Wire wire = new Wire(port);
        LiveEvents events = events(Optional.empty(), Optional.empty())) {
      wire.say("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(200, wire.status());
      String line = wire.line();
      while (line != null && !line.equals(": alive")) {
        line = wire.line();
      }
      assertEquals(": alive", line);
      system.close();
      assertInstanceOf(LiveEvent.Opened.class, events.next().orElseThrow());
      assertEquals(Optional.empty(), events.next());
    }
  }

  @Test
  void tellsAHundredReadersTheSame() throws Exception {
    submit("s", 20);
    List<List<LiveEvent>> read = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      LiveEvents events = events(Optional.empty(), Optional.empty());
      system.own(events);
      Thread thread = new Thread(() -> read.add(readUntil(events, EventFeedIT::over)));
      thread.start();
      threads.add(thread);
    }
    system.worker(2, trial -> Optional.of(completed(trial.number())));
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(100, read.size());
    assertEquals(1, read.stream().map(EventFeedIT::trials).distinct().count());
    assertEquals(
        20, trials(read.get(0)).stream().filter(t -> t.endsWith("completed")).distinct().count());
    assertEquals(20, client.trials("s", TrialQuery.FIRST).total());
  }

  @Test
  void cutsOffAReaderThatDoesNotRead() throws Exception {
    EventFeed feed =
        new EventFeed(
            system.vertx(), system.vertx().getOrCreateContext(), system.coordinator(), LIMITS);
    Router router = Router.router(system.vertx());
    router.get("/api/events").handler(feed::open);
    HttpServer server =
        done(system.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    system.own(() -> done(server.close()));
    try (Wire slow = new Wire(server.actualPort());
        LiveEvents quick =
            ElbowClient.at(URI.create("http://127.0.0.1:" + server.actualPort()))
                .events(Optional.empty(), Optional.empty())) {
      slow.say("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(200, slow.status());
      assertInstanceOf(LiveEvent.Opened.class, quick.next().orElseThrow());
      for (int number = 1; number <= 300; number++) {
        feed.changed(longWord(number));
        LiveEvent.TrialChanged told =
            assertInstanceOf(LiveEvent.TrialChanged.class, quick.next().orElseThrow());
        assertEquals(new TrialId("s", number).folder(), told.trial().trial());
      }
      int lines = 0;
      while (!slow.ends()) {
        lines++;
      }
      assertTrue(lines < 300 * 5, lines + " lines");
    }
  }

  private static TrialView longWord(int number) {
    TrialOutcome outcome =
        new TrialOutcome.Failed(FailureKind.PLUGIN_FAULT, "x".repeat(100_000), 1);
    return new TrialView(
        new TrialId("s", number), TrialState.FAILED, 1, Optional.empty(), Optional.of(outcome));
  }
}
