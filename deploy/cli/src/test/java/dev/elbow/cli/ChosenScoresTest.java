package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Shape;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.catalog.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChosenScoresTest {
  private static ChosenScores read(String text) throws PluginException {
    try (Catalog catalog = Catalog.ofClassPath()) {
      return ChosenScores.read(text, Map.of("on", "all"), catalog);
    }
  }

  private static List<String> names() throws PluginException {
    try (Catalog catalog = Catalog.ofClassPath()) {
      return catalog.names(Kind.SCORE);
    }
  }

  private static List<String> names(ChosenScores scores) {
    return scores.scores().stream().map(chosen -> chosen.choice().plugin()).toList();
  }

  @Test
  void namesAndMapsOfOptionsAreRead() throws Exception {
    assertEquals(List.of("mig", "sap"), names(read("mig, sap")));
    ChosenScores given = read("{dci: {alpha: 0.1}, mig: }");
    assertEquals(List.of("dci", "mig"), names(given));
    assertEquals(0.1, given.scores().get(0).choice().options().real("alpha"));
    assertEquals(20, given.scores().get(1).choice().options().count("bins"));
  }

  @Test
  void everyProblemIsToldAtOnce() throws Exception {
    assertEquals(
        List.of(
            "--scores: mig.bins: 1 is out of range, expected an integer from 2 to 1000",
            "--scores: 'mgi': unknown score, expected one of " + String.join(", ", names()),
            "--scores: sap: found 3, expected a map of options"),
        read("{mig: {bins: 1}, mgi: {}, sap: 3}").problems());
  }

  @Test
  void whatIsNoMapIsRefused() throws Exception {
    assertEquals(
        "--scores: found '{mig', expected names as in mig,sap or a map as in {mig: {bins: 50}}",
        read("{mig").problems().get(0));
  }

  @Test
  void dataWithoutFactorsAreRefusedWithTheReason() throws Exception {
    DatasetDescription plain =
        new DatasetDescription(
            Shape.of(1, 2, 2), PixelFormat.UINT8, 3, 1, Targets.GREY, List.of(), List.of());
    String reason = " needs the true factors of the images, and this data have none";
    assertEquals(
        List.of("--scores: mig" + reason, "--scores: dci" + reason),
        read("mig,dci").problems(new ScoreSubject(plain, List.of(), Likelihood.bernoulli())));
  }

  @Test
  void aWeightThatTheModelsAreNotForIsRefused() throws Exception {
    Optional<Condition.Beta> many = Optional.of(new Condition.Beta(0.5, 4));
    assertEquals(List.of(), read("{mig: {beta: 4}, sap: }").problems(many));
    assertEquals(List.of(), read("mig").problems(Optional.empty()));
    assertEquals(
        List.of(
            "--scores: mig.beta: 5.0 is outside of what these models are for, expected a number"
                + " from 0.5 to 4.0"),
        read("{mig: {beta: 5}}").problems(many));
    assertEquals(
        List.of(
            "--scores: mig.beta: found 4.0, but these models are for one weight of the KL term,"
                + " expected none"),
        read("{mig: {beta: 4}}").problems(Optional.empty()));
  }

  @Test
  void aColumnTellsOptionsThatAreNotTheUsualOnes() throws Exception {
    try (Catalog catalog = Catalog.ofClassPath()) {
      ChosenScores chosen =
          read("{mig: {bins: 50}, dci: {alpha: 0.1}, sap: {images: 500, beta: 0.5}}");
      List<String> columns = new ArrayList<>();
      for (ScoreChoice score : chosen.scores()) {
        columns.addAll(
            score.columns(catalog.find(Kind.SCORE, score.choice().plugin()).orElseThrow()));
      }
      assertEquals(
          List.of(
              "mig_all_bins_50",
              "dci_disentanglement_all_alpha_0_1",
              "dci_completeness_all_alpha_0_1",
              "dci_informativeness_all_alpha_0_1",
              "sap_all_images_500_beta_0_5"),
          columns);
    }
  }
}
