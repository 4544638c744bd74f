package dev.elbow.coordinator.sweep;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files as they come from half-finished edits: words and signs cut out, doubled and exchanged. */
class MutilatedFilesTest {
  private static final int FILES = 3_000;
  private static final String WHOLE =
      SweepFiles.SMALL
          + """
          description: {a: [1, 2]}
          parameters:
            - latent: {values: [2, 10]}
              beta: {min: 0.5, max: 4, step: 0.5}
              training.optimizer.name: adam
            - encoder.activation: {values: [relu, tanh]}
              optimizer: {values: [sgd, {name: adam, betas: [0.5, 0.9]}]}
          search: {plugin: grid}
          goal: {minimize: validation_loss}
          seeds: [7, 8]
          """;
  private static final List<String> SIGNS =
      List.of(
          "", " ", "\n", ":", "{", "}", "[", "]", "-", "null", "~", ".nan", "-1", "1e999", "'",
          "\"", "&a ", "*a", "!x ", "plugin", "values", "latent", "true", "name: ", "?", "|", "%",
          "#");

  private static String mutilated(Random random) {
    StringBuilder text = new StringBuilder(WHOLE);
    for (int cut = random.nextInt(2); cut >= 0; cut--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(4));
      text.replace(from, to, SIGNS.get(random.nextInt(SIGNS.size())));
    }
    return text.toString();
  }

  @Test
  void areGoodBeforeTheyAreMutilated() {
    assertEquals("", SweepFiles.read(WHOLE).report());
  }

  @Test
  void areReadToProblemsOrToASweepWhoseTrialsCanAllBeMade() {
    int sweeps = 0;
    Random random = new Random(1);
    for (int file = 0; file < FILES; file++) {
      String text = mutilated(random);
      Reading reading = assertDoesNotThrow(() -> SweepFiles.read(text), text);
      if (reading.sweep().isPresent()) {
        sweeps++;
        assertDoesNotThrow(() -> makeTrials(reading.sweep().get()), text);
      }
    }
    assertTrue(sweeps > FILES / 100 && sweeps < FILES, sweeps + " sweeps");
  }

  private static void makeTrials(Sweep sweep) {
    Sweep again =
        new SweepReader(SweepFiles.CATALOG, dev.elbow.api.data.DataFolder.none())
            .restore(sweep.document());
    for (int number = 1; number <= Math.min(50, sweep.trialCount()); number++) {
      assertTrue(sweep.trial(number).equals(again.trial(number)));
    }
  }
}
