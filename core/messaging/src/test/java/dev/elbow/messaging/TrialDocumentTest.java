package dev.elbow.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialDocumentTest {
  @Test
  void speaksTheWordsOfASweepFileAndThenTellsWhereTheTrialComesFrom() {
    Map<String, Object> document = TrialDocument.of(trial("mnist-beta", Map.of()));
    assertEquals(
        List.of(
            "name",
            "dataset",
            "encoder",
            "decoder",
            "objective",
            "training",
            "parameters",
            "seeds",
            "trial",
            "data"),
        List.copyOf(document.keySet()));
    assertEquals("mnist-beta-0007", document.get("name"));
    assertEquals(
        Map.of("plugin", "idx", "path", "mnist", "validation", 0.1), document.get("dataset"));
    assertEquals(Map.of("latent", 20L), document.get("parameters"));
    assertEquals(List.of(3L), document.get("seeds"));
  }

  @Test
  void givesEitherEpochsOrSteps() {
    Map<String, Object> epochs = TrialDocument.training(training(Map.of()));
    assertTrue(epochs.containsKey("epochs"));
    assertFalse(epochs.containsKey("steps") || epochs.containsKey("evaluateEvery"));
    Map<String, Object> steps = TrialDocument.training(training(Map.of("steps", 500)));
    assertFalse(steps.containsKey("epochs"));
    assertEquals(500L, steps.get("steps"));
  }

  @Test
  void keepsTheNameWithinTheLengthThatASweepMayHave() {
    Map<String, Object> document = TrialDocument.of(trial("a".repeat(63), Map.of()));
    assertEquals("a".repeat(58) + "-0007", document.get("name"));
  }

  private static Trial trial(String sweep, Map<String, Object> training) {
    PluginChoice plugin = new PluginChoice("dense", new Options(Map.of("hidden", List.of(400L))));
    PluginChoice data = new PluginChoice("idx", new Options(Map.of("path", "mnist")));
    return new Trial(
        new TrialId(sweep, 7),
        Map.of("latent", 20L),
        3,
        new DatasetChoice(data, 0.1, "ab12"),
        plugin,
        plugin,
        plugin,
        20,
        training(training));
  }

  private static Training training(Map<String, Object> given) {
    return new Training(Options.check(Training.declared(), given).orThrow());
  }
}
