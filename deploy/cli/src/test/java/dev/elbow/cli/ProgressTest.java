package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.MetricPoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, UTF_8);
  private final TrialLines lines = new TrialLines(Samples::trial);
  private Duration now = Duration.ZERO;

  @Test
  void plainProgressIsALineForWhateverHappens() {
    try (Progress plain = new PlainProgress(out, lines)) {
      plain.started(Samples.id(3), 1);
      plain.evaluated(Samples.id(3), Samples.evaluation(4));
      plain.started(Samples.id(3), 2);
      plain.ended(Samples.completed(3));
      plain.ended(Samples.failed(4));
      plain.ended(Samples.in(TrialState.CANCELLED, 5, 1));
    }
    assertEquals(
        List.of(
            "trial 0003 started: latent 10, beta 1.5, seed 7",
            "trial 0003 epoch 4/10 loss 109.64 reconstruction 85.12 kl 24.52",
            "trial 0003 started again (attempt 2): latent 10, beta 1.5, seed 7",
            "trial 0003 completed in 15.2 s: loss 109.64, 41,203 images/s, ONNX within 3.1e-06",
            "trial 0004 failed: DIVERGED: epoch 3, step 204: the loss is NaN",
            "trial 0005 cancelled"),
        text().lines().toList());
  }

  @Test
  void programsGetTheFiguresUnderTheNamesOfTheResults() throws Exception {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    try (Progress json = new JsonProgress(out, new PlainProgress(nowhere, lines), clock)) {
      json.evaluated(Samples.id(3), Samples.evaluation(4));
      json.ended(Samples.failed(4));
    }
    List<String> objects = text().lines().toList();
    JsonNode evaluated = new ObjectMapper().readTree(objects.get(0));
    assertEquals("evaluated", evaluated.get("event").asText());
    assertEquals("2026-01-02T03:04:05Z", evaluated.get("time").asText());
    assertEquals("0003", evaluated.get("trial").asText());
    assertEquals(109.64, evaluated.get("test_loss").asDouble(), 1e-9);
    assertEquals(4, evaluated.get("epoch").asInt());
    JsonNode ended = new ObjectMapper().readTree(objects.get(1));
    assertEquals("failed", ended.get("state").asText());
    assertEquals("DIVERGED", ended.get("failure").asText());
  }

  @Test
  void aTerminalShowsOneBarForTheSweepAndALineForEachSlot() {
    Progress terminal = terminal();
    terminal.evaluated(Samples.id(3), Samples.evaluation(3));
    terminal.changed(Samples.sweep(2, 1, Optional.empty()));
    List<String> shown = text().lines().toList();
    assertEquals(3, shown.size());
    assertTrue(shown.get(0).contains("tiny ━━━━━━━━━━━━━━━━╸─────────────"), shown.get(0));
    assertTrue(shown.get(0).contains(" 3/6 trials  1 failed  0:00"), shown.get(0));
    String expected = " slot 1  0003 ━━━━──────── epoch 4/10  loss 109.64  41,203 images/s";
    assertTrue(shown.get(1).startsWith(expected), shown.get(1));
    assertTrue(shown.get(2).startsWith(" slot 2  waiting"), shown.get(2));
  }

  @Test
  void aTerminalTellsTheTimeThatIsLeftFromWhatHasBeenSeen() {
    Progress terminal = terminal();
    terminal.changed(Samples.sweep(2, 0, Optional.empty()));
    now = Duration.ofSeconds(2);
    written.reset();
    terminal.tick();
    // 41,203 images in a second are 322 steps of 128, so in two seconds 644 of 1,000 were gained.
    String slot = text().lines().skip(1).findFirst().orElseThrow();
    assertTrue(slot.contains("images/s  0:00 left"), slot);
  }

  @Test
  void theFeedTellsEachChangeOfATrialOnce() {
    try (Progress plain = new PlainProgress(out, lines);
        ProgressFeed feed = new ProgressFeed("tiny", plain)) {
      feed.changed(Samples.in(TrialState.RUNNING, 3, 1));
      feed.changed(Samples.in(TrialState.RUNNING, 3, 1));
      feed.measured(
          new MetricPoint(Samples.id(3), 1, "x", Samples.evaluation(4)), Samples.trial(3));
      feed.changed(Samples.in(TrialState.QUEUED, 3, 2));
      feed.changed(Samples.in(TrialState.RUNNING, 3, 2));
      feed.changed(Samples.completed(3));
      feed.changed(Samples.completed(3));
    }
    List<String> told = text().lines().toList();
    assertEquals(5, told.size(), told::toString);
    assertEquals("trial 0003 is queued again", told.get(2));
  }

  private Progress terminal() {
    return new TerminalProgress(new LiveLines(out, () -> 120, false), lines, () -> now, 2);
  }

  private String text() {
    return written.toString(UTF_8).replaceAll("\033\\[[?0-9]*[A-Za-z]|\r", "");
  }
}
