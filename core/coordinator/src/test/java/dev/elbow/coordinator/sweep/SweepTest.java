package dev.elbow.coordinator.sweep;

import static dev.elbow.coordinator.sweep.SweepFiles.SMALL;
import static dev.elbow.coordinator.sweep.SweepFiles.problems;
import static dev.elbow.coordinator.sweep.SweepFiles.read;
import static dev.elbow.coordinator.sweep.SweepFiles.small;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.Optimizer;
import dev.elbow.api.Trial;
import dev.elbow.api.data.DataFolder;
import dev.elbow.messaging.TrialDocument;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final String GRID =
      """
      parameters:
        latent: {values: [2, 10]}
        beta: {values: [0.5, 4]}
        learningRate: 0.01
      seeds: [7, 8]
      """;

  @Test
  void numbersTheFirstParameterSlowestAndSeedsFastest() {
    Sweep sweep = small(GRID);
    assertEquals(8, sweep.trialCount());
    assertEquals(
        List.of("2/0.5/7", "2/0.5/8", "2/4.0/7", "2/4.0/8", "10/0.5/7"),
        IntStream.rangeClosed(1, 5).mapToObj(n -> summary(sweep.trial(n))).toList());
    assertThrows(IllegalArgumentException.class, () -> sweep.trial(0));
    assertThrows(IllegalArgumentException.class, () -> sweep.trial(9));
  }

  private static String summary(Trial trial) {
    return trial.latent() + "/" + trial.objective().options().real("beta") + "/" + trial.seed();
  }

  @Test
  void showsInTablesWhatVariesAndNotWhatHasOneChoice() {
    Sweep sweep = small(GRID);
    assertEquals(List.of("latent", "beta"), sweep.columns());
    assertEquals(Map.of("latent", 2L, "beta", 0.5), sweep.trial(1).parameters());
    assertEquals(0.01, sweep.trial(1).training().learningRate());
  }

  @Test
  void scoresAreOfEachTrialAndTheirColumnsKnownBeforehand() {
    Sweep sweep = small("scores: [sap, {plugin: mig, bins: 50, on: all}]\n");
    assertEquals(List.of("sap", "mig_all_bins_50"), sweep.scoreColumns());
    assertEquals(2, sweep.trial(1).scores().size());
    assertEquals(50, sweep.trial(1).scores().get(1).choice().options().count("bins"));
    SweepReader reader = new SweepReader(SweepFiles.CATALOG, DataFolder.none());
    assertEquals(sweep.trial(1), reader.restore(sweep.document()).trial(1));
    assertEquals(List.of("scores"), sweep.differences(small("")));
  }

  @Test
  void reachesIntoTheWaysOfAnOption() {
    Sweep sweep =
        small(
            """
            parameters:
              - training.optimizer.name: sgd
                training.optimizer.momentum: {values: [0.5, 0.9]}
              - training.optimizer: {values: [adam, {name: adam, betas: [0.5, 0.9]}]}
            """);
    assertEquals(
        List.of(
            new Optimizer.Sgd(0.5),
            new Optimizer.Sgd(0.9),
            new Optimizer.Adam(0.9, 0.999, 1e-8),
            new Optimizer.Adam(0.5, 0.9, 1e-8)),
        IntStream.rangeClosed(1, 4).mapToObj(n -> sweep.trial(n).training().optimizer()).toList());
  }

  @Test
  void keepsWhatIsFixedOfAnOptionOfWhichAPartVaries() {
    Reading reading =
        read(
            SMALL.replace("epochs: 4", "epochs: 4, optimizer: {name: adam, epsilon: 0.1}")
                + "parameters:\n  training.optimizer.betas: {values: [[0.1, 0.2], [0.3, 0.4]]}\n");
    assertEquals("", reading.report());
    assertEquals(
        new Optimizer.Adam(0.3, 0.4, 0.1),
        reading.sweep().orElseThrow().trial(2).training().optimizer());
  }

  @Test
  void variesThePluginItselfWithOptionsOfItsOwn() {
    Reading reading =
        read(
            SMALL.replaceFirst("encoder: .*", "encoder: {hidden: [8]}")
                + """
                parameters:
                  - encoder.plugin: dense
                    latent: {values: [2, 3]}
                  - encoder.plugin: conv
                    encoder.channels: {values: [[4], [8], [4, 8]]}
                """);
    assertEquals("", reading.report());
    Sweep sweep = reading.sweep().orElseThrow();
    assertEquals(List.of("encoder.plugin", "latent", "encoder.channels"), sweep.columns());
    assertEquals(5, sweep.trialCount());
    assertEquals("dense", sweep.trial(2).encoder().plugin());
    assertEquals(List.of(8L), sweep.trial(2).encoder().options().values().get("hidden"));
    assertEquals("conv", sweep.trial(5).encoder().plugin());
    assertEquals(
        Map.of("encoder.plugin", "conv", "encoder.channels", List.of(4L, 8L)),
        sweep.trial(5).parameters());
  }

  @Test
  void comesBackFromItsDocumentWithTheSameTrials() {
    for (String more : List.of("", GRID, "search: {plugin: random, trials: 3}\n" + random())) {
      Sweep sweep = small("tags: [a, b]\n" + more);
      Sweep again = restore(sweep);
      assertEquals(sweep.document(), again.document());
      assertEquals(List.of(), sweep.differences(again));
      for (int n = 1; n <= sweep.trialCount(); n++) {
        assertEquals(sweep.trial(n), again.trial(n));
      }
    }
  }

  private static String random() {
    return "parameters:\n  beta: {min: 0.1, max: 10, scale: log}\n  latent: {min: 2, max: 9}\n";
  }

  private static Sweep restore(Sweep sweep) {
    SweepReader blind = new SweepReader(SweepFiles.CATALOG, dev.elbow.api.data.DataFolder.none());
    return blind.restore(sweep.document());
  }

  @Test
  void isTheSameSweepHoweverItIsWritten() {
    Sweep sweep = small(GRID);
    Sweep other =
        small(
            """
            # the same
            "seeds": [7, 8]
            goal: {minimize: validation_loss}
            search: grid
            description: other words
            parameters: {latent: {values: [2, 10]}, "beta": {values: [5.0e-1, 4.0]}, learningRate: 1e-2}
            """);
    assertEquals(List.of(), sweep.differences(other));
  }

  @Test
  void namesTheKeysInWhichAnotherSweepDiffers() {
    Sweep sweep = small(GRID);
    assertEquals(
        List.of("parameters.beta.values", "seeds"),
        sweep.differences(small(GRID.replace("[0.5, 4]", "[0.5, 3]").replace("7, 8", "7"))));
    Reading other = read(SMALL.replace("epochs: 4", "epochs: 5") + GRID);
    assertEquals(List.of("training.epochs"), sweep.differences(other.sweep().orElseThrow()));
    String turned =
        """
        parameters:
          beta: {values: [0.5, 4]}
          latent: {values: [2, 10]}
          learningRate: 0.01
        seeds: [7, 8]
        """;
    assertEquals(List.of("parameters (their order)"), sweep.differences(small(turned)));
  }

  @Test
  void goesBySplitForItsGoalAndSaysSoWhereItCannot() {
    assertEquals("validation_loss", small("").goal().column());
    Sweep without = read(SMALL.replace("validation: 0.1", "validation: 0")).sweep().orElseThrow();
    assertEquals("test_loss", without.goal().column());
    assertEquals(Optional.of("validation_loss"), without.goal().instead());
    assertTrue(without.notices().get(0).contains("test_loss stands in for validation_loss"));
    assertEquals(List.of(), small("goal: {maximize: test_kl}\n").notices());
  }

  @Test
  void countsModelsWeightsAndWork() {
    Sweep sweep = small(GRID);
    Cost cost = sweep.cost().orElseThrow();
    assertEquals(2, cost.structures().size());
    Cost.Structure first = cost.structures().get(0);
    assertEquals(Map.of("latent", 2L), first.parameters());
    assertEquals(4, first.trials());
    long pixels = 64 * 64;
    assertEquals((pixels * 16 + 16 * 2 * 2) + (2 * 16 + 16 * pixels), first.multiplyAdds());
    assertTrue(cost.complete() && cost.multiplyAdds() > 0);
    assertTrue(cost.estimate(1).compareTo(cost.estimate(2)) > 0);
  }

  @Test
  void readsTheDocumentOfATrialAsTheSweepOfThatTrial() throws IOException {
    Trial trial = small(GRID).trial(4);
    Map<String, Object> document = new LinkedHashMap<>(TrialDocument.of(trial));
    document.put("versions", Map.of("elbow", "1"));
    document.put("plugins", List.of());
    document.put("processor", "x");
    document.put("metrics", Map.of("test_loss", 1.5));
    Reading reading =
        read(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
    assertEquals("", reading.report());
    Sweep sweep = reading.sweep().orElseThrow();
    assertEquals("small-0004", sweep.name());
    assertEquals(1, sweep.trialCount());
    Trial again = sweep.trial(1);
    assertEquals(trial.encoder(), again.encoder());
    assertEquals(trial.decoder(), again.decoder());
    assertEquals(trial.objective(), again.objective());
    assertEquals(trial.dataset(), again.dataset());
    assertEquals(trial.training(), again.training());
    assertEquals(trial.seed(), again.seed());
    assertEquals(trial.latent(), again.latent());
  }

  @Test
  void readsNoDocumentOfATrialThatWasTrainedOnOtherData() {
    String trial = "trial: {number: 1}\n";
    String found = small("").dataSha256();
    assertEquals(
        List.of(
            ("8:16 data.sha256: the data that is here has %s, expected 0a, which the trial was"
                    + " trained on; without this key it is trained on what is here")
                .formatted(found)),
        problems(trial + "data: {sha256: 0a}\n"));
    assertEquals(List.of(), problems(trial + "data: {sha256: '%s'}\n".formatted(found)));
    assertEquals(List.of(), problems(trial + "data: {targets: grey}\n"));
  }

  @Test
  void expandsAMillionTrialsOnDemandOnly() {
    Sweep sweep =
        small(
            """
            parameters:
              beta: {min: 0, max: 999, step: 1}
              weightDecay: {min: 0, max: 99, step: 1}
              clipNorm: {min: 0, max: 9, step: 1}
            """);
    assertEquals(1_000_000, sweep.trialCount());
    assertEquals(999.0, sweep.trial(1_000_000).objective().options().real("beta"));
  }

  @Test
  void knowsTheDataOfEveryTrialHoweverManyModelsThereAre() {
    String file = SMALL.replace("orientations: 2, ", "").replace("epochs: 4", "batchSize: 4");
    Reading reading =
        read(
            file
                + """
                parameters:
                  dataset.orientations: {values: [2, 3]}
                  epochs: {min: 1, max: 10001}
                """);
    assertEquals("", reading.report());
    Sweep sweep = reading.sweep().orElseThrow();
    assertEquals(20_002, sweep.trialCount());
    assertTrue(!sweep.trial(20_002).dataset().equals(sweep.trial(1).dataset()));
  }
}
