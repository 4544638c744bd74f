package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Factor;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.score.ScoredModel;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.PluginException;
import dev.elbow.testkit.KnownCodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChosenScoresTest {
  private static ChosenScores read(String text) throws CommandException, PluginException {
    try (Catalog catalog = Catalog.ofClassPath()) {
      return ChosenScores.read(text, catalog);
    }
  }

  private static String refusal(String text) {
    return assertThrows(CommandException.class, () -> read(text)).getMessage();
  }

  private static List<String> names(ChosenScores scores) {
    return scores.scores().stream().map(chosen -> chosen.score().name()).toList();
  }

  @Test
  void namesAndMapsOfOptionsAreRead() throws Exception {
    assertEquals(List.of("mig", "sap"), names(read("mig, sap")));
    ChosenScores given = read("{dci: {alpha: 0.1}, mig: }");
    assertEquals(List.of("dci", "mig"), names(given));
    assertEquals(0.1, given.scores().get(0).options().real("alpha"));
    assertEquals(20, given.scores().get(1).options().count("bins"));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertEquals(
        String.join(
            System.lineSeparator(),
            "--scores: mig.bins: 1 is out of range, expected an integer from 2 to 1000",
            "--scores: 'mgi': unknown score, expected one of dci, factor-vae, mig, sap",
            "--scores: sap: found 3, expected a map of options",
            "Nothing was evaluated."),
        refusal("{mig: {bins: 1}, mgi: {}, sap: 3}"));
  }

  @Test
  void whatIsNoMapIsRefused() {
    assertEquals(
        "--scores: found '{mig', expected names as in mig,sap or a map as in {mig: {bins: 50}}",
        refusal("{mig").lines().findFirst().orElseThrow());
  }

  @Test
  void dataWithoutFactorsAreRefusedWithTheReason() throws Exception {
    DatasetDescription plain =
        new DatasetDescription(
            Shape.of(1, 2, 2), PixelFormat.UINT8, 3, 1, Targets.GREY, List.of(), List.of());
    String reason = " needs the true factors of the images, and this data have none";
    assertEquals(
        List.of("--scores: mig" + reason, "--scores: dci" + reason),
        read("mig,dci").problems(plain));
  }

  @Test
  void aColumnTellsOptionsThatAreNotTheUsualOnes() throws Exception {
    int[][] indices = {{0}, {1}, {0}, {1}, {0}, {1}};
    float[][] means = {{0}, {1}, {0.1f}, {1.1f}, {0}, {1}};
    ScoredModel model =
        new KnownCodes(List.of(new Factor("place", List.of(0.0, 1.0))), indices, means);
    ChosenScores scores = read("{mig: {bins: 50}, dci: {alpha: 0.1}, sap: {}}");
    assertEquals(
        List.of(
            "mig_all_bins_50",
            "dci_disentanglement_all_alpha_0_1",
            "dci_completeness_all_alpha_0_1",
            "dci_informativeness_all_alpha_0_1",
            "sap_all"),
        new ArrayList<>(scores.compute(model, "_all").keySet()));
  }
}
