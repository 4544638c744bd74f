package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.plugin.Options;
import dev.elbow.messaging.Heartbeat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final List<String> PLUGINS =
      List.of("dataset/idx", "encoder/dense", "decoder/dense", "objective/elbo");

  private final Fleet fleet = new Fleet();

  private static Heartbeat able(
      String worker, long sequence, boolean leaving, String... arithmetic) {
    return new Heartbeat(
        worker,
        sequence,
        leaving,
        2,
        new Heartbeat.Capabilities(PLUGINS, List.of(arithmetic), "test"),
        List.of());
  }

  private static Heartbeat heartbeat(
      String worker, long sequence, boolean leaving, List<String> plugins, int executions) {
    Heartbeat.Execution execution =
        new Heartbeat.Execution(
            0,
            new TrialId("s", 1),
            1,
            "e-" + worker,
            Heartbeat.Phase.TRAINING,
            1,
            1,
            2,
            OptionalDouble.empty(),
            0);
    return new Heartbeat(
        worker,
        sequence,
        leaving,
        2,
        new Heartbeat.Capabilities(plugins, List.of("fp32"), "test"),
        java.util.Collections.nCopies(executions, execution));
  }

  private static Trial trial() {
    return trial("fp32");
  }

  private static Trial trial(String precision) {
    PluginChoice dense = new PluginChoice("dense", new Options(Map.of()));
    return new Trial(
        new TrialId("s", 1),
        Map.of(),
        1,
        new DatasetChoice(new PluginChoice("idx", new Options(Map.of())), 0, "ab"),
        dense,
        dense,
        new PluginChoice("elbo", new Options(Map.of())),
        2,
        new Training(Options.defaults(Training.declared())).withPrecision(precision));
  }

  @Test
  void choosesThePrecisionThatNoWorkerLacksThatTakesTrials() {
    fleet.heard(able("a", 1, false, "fp32", "bf16"), 0);
    assertEquals("bf16", fleet.precision());
    fleet.heard(able("b", 1, false, "fp32"), 0);
    assertEquals("fp32", fleet.precision());
    fleet.heard(able("b", 2, true, "fp32"), 0);
    assertEquals("bf16", fleet.precision());
  }

  @Test
  void givesATrialToNobodyWhoLacksItsPrecision() {
    fleet.heard(able("a", 1, false, "fp32"), 0);
    assertEquals(
        Optional.of("worker a: lacks the precision bf16"), fleet.obstacle(trial("bf16"), Map.of()));
    assertEquals(Optional.empty(), fleet.obstacle(trial("auto"), Map.of()));
  }

  @Test
  void countsTheSlotsOfWorkersThatStay() {
    assertTrue(fleet.heard(heartbeat("a", 1, false, PLUGINS, 1), 0));
    assertFalse(fleet.heard(heartbeat("a", 2, false, PLUGINS, 0), 1));
    assertTrue(fleet.heard(heartbeat("b", 1, false, PLUGINS, 1), 2));
    assertEquals(4, fleet.slots());
    assertEquals(3, fleet.freeSlots());
    assertTrue(fleet.heard(heartbeat("b", 2, true, PLUGINS, 1), 3));
    assertEquals(2, fleet.slots());
  }

  @Test
  void ignoresASignOfLifeThatANewerOneHasOvertaken() {
    fleet.heard(heartbeat("a", 5, false, PLUGINS, 0), 0);
    assertFalse(fleet.heard(heartbeat("a", 4, true, PLUGINS, 0), 1));
    assertEquals(2, fleet.slots());
  }

  @Test
  void forgetsWorkersThatFallSilentAndWhatTheyWereAt() {
    fleet.heard(heartbeat("a", 1, false, PLUGINS, 1), 0);
    assertTrue(fleet.running("e-a").isPresent());
    assertFalse(fleet.forgetSilent(Duration.ofSeconds(14).toNanos(), Duration.ofSeconds(15)));
    assertTrue(fleet.forgetSilent(Duration.ofSeconds(16).toNanos(), Duration.ofSeconds(15)));
    assertEquals(0, fleet.slots());
    assertTrue(fleet.running("e-a").isEmpty());
  }

  @Test
  void tellsWhyNobodyCanRunATrial() {
    assertEquals(Optional.of("no worker is connected"), fleet.obstacle(trial(), Map.of()));
    fleet.heard(heartbeat("a", 1, false, List.of("encoder/dense"), 0), 0);
    assertEquals(
        Optional.of("worker a: lacks the plugins dataset/idx, decoder/dense, objective/elbo"),
        fleet.obstacle(trial(), Map.of()));
    fleet.heard(heartbeat("b", 1, false, PLUGINS, 0), 0);
    assertEquals(Optional.empty(), fleet.obstacle(trial(), Map.of()));
    assertTrue(
        fleet.obstacle(trial(), Map.of("b", "other data")).orElse("").contains("b: other data"));
  }
}
