package dev.elbow.coordinator.sweep;

import static dev.elbow.coordinator.sweep.SweepFiles.SMALL;
import static dev.elbow.coordinator.sweep.SweepFiles.problems;
import static dev.elbow.coordinator.sweep.SweepFiles.problemsOf;
import static dev.elbow.coordinator.sweep.SweepFiles.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Kind;
import dev.elbow.testkit.IdxFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepProblemsTest {
  @TempDir Path folder;

  @Test
  void tellsAllProblemsAtOnceInTheOrderOfTheFileAndThatNothingWasQueued() {
    Reading reading =
        read(
            SMALL.replace("encoder:", "encodr:")
                + "parameters:\n  latent: {values: [0, 2]}\n  beta: -1\n");
    assertEquals(
        """
        s.yaml:3:1 encodr: unknown key, did you mean 'encoder'?
        s.yaml:8:21 parameters.latent: 0 is out of range, expected an integer from 1 to 4096
        s.yaml:9:9 parameters.beta: -1 is out of range, expected a finite number of at least 0
        3 problems. Nothing was queued.\
        """,
        reading.report());
    assertTrue(reading.sweep().isEmpty());
  }

  @Test
  void refusesWrongTypesAndWhatIsNoNumber() {
    assertEquals(
        List.of(
            "8:19 parameters.beta: expected a finite number of at least 0, got 'much'",
            "8:25 parameters.beta: NaN is out of range, expected a finite number of at least 0",
            "8:31 parameters.beta: Infinity is out of range, expected a finite number of at least"
                + " 0",
            "9:11 parameters.latent: expected an integer from 1 to 4096, got 2.5"),
        problems("parameters:\n  beta: {values: [much, .nan, .inf]}\n  latent: 2.5\n"));
    assertEquals(
        List.of("3:35 encoder.hidden: expected an integer from 1 to 65536, got '16'"),
        problemsOf(
            SMALL.replace(
                "encoder: {plugin: dense, hidden: [16]}",
                "encoder: {plugin: dense, hidden: ['16']}")));
  }

  @Test
  void listsTheInstalledPluginsWhereOneIsUnknown() {
    assertEquals(
        List.of(
            "3:19 encoder.plugin: 'danse' is an unknown encoder, did you mean 'dense'?"
                + " Installed: conv, dense"),
        problemsOf(SMALL.replace("encoder: {plugin: dense", "encoder: {plugin: danse")));
    assertEquals(
        List.of("7:18 search.plugin: 'bayes' is an unknown search, expected one of grid, random"),
        problems("search: {plugin: bayes}\n"));
  }

  @Test
  void tellsAllThatIsWrongWithScoresAtOnce() {
    assertEquals(
        List.of(
            "8:5 scores: 'mgi' is an unknown score, expected one of "
                + String.join(", ", SweepFiles.CATALOG.names(Kind.SCORE)),
            "9:25 scores.mig.bins: 1 is out of range, expected an integer from 2 to 1000",
            "10:5 scores.plugin: missing, expected one of "
                + String.join(", ", SweepFiles.CATALOG.names(Kind.SCORE)),
            "11:23 scores.sap.on: expected one of test, validation, train, all, got 'tset'",
            "13:5 scores: dci_disentanglement is given twice"),
        problems(
            """
            scores:
              - mgi
              - {plugin: mig, bins: 1}
              - {bins: 20}
              - {plugin: sap, on: tset}
              - dci
              - {plugin: dci}
            """));
    assertEquals(
        List.of(
            "7:9 scores: expected a list of scores, as in [mig, {plugin: dci, alpha: 0.1}], got"
                + " mig"),
        problems("scores: mig\n"));
  }

  @Test
  void refusesScoresThatCannotBeComputedOfTheModels() throws IOException {
    assertEquals(
        List.of(
            "7:10 scores.mig: on: validation needs images set aside, as dataset.validation does"),
        problemsOf(
            SMALL.replace(", validation: 0.1", "")
                + "scores: [{plugin: mig, on: validation}, sap]\n"));
    String weighted = SMALL + "scores: [{plugin: mig, beta: 4}]\n";
    assertEquals(
        List.of(
            "7:10 scores.mig: beta: found 4.0, but these models are for one weight of the KL term,"
                + " expected none"),
        problemsOf(weighted));
    assertEquals(
        List.of(
            "7:10 scores.mig: beta: 4.0 is outside of what these models are for, expected a number"
                + " from 0.1 to 2.0"),
        problemsOf(
            weighted.replaceFirst("objective: .*", "objective: {plugin: multi-rate, betaMax: 2}")));
    IdxFiles.writeFolder(folder.resolve("digits"), 8, 4, 4, 4);
    String digits = SMALL.replaceFirst("dataset: .*", "dataset: {plugin: idx, path: digits}");
    List<String> found =
        read(digits + "scores: [mig, iwae]\n", DataFolder.of(folder)).problems().stream()
            .map(problem -> problem.in("").substring(1))
            .toList();
    assertEquals(
        List.of(
            "7:10 scores.mig: needs the true factors of the images, and this data have none",
            "7:15 scores.iwae: needs a density, and bernoulli on grey pixels is a cross-entropy;"
                + " expected binarised images, or likelihood continuous-bernoulli, gaussian or"
                + " laplace"),
        found);
  }

  @Test
  void refusesClassesThatCannotBeLeftOut() throws IOException {
    assertEquals(
        List.of("2:101 dataset.without: 'hart': unknown class, did you mean 'heart'?"),
        problemsOf(SMALL.replace("validation: 0.1", "validation: 0.1, without: [hart]")));
    assertEquals(
        List.of("2:101 dataset.without: leaves no class to train on"),
        problemsOf(
            SMALL.replace(
                "validation: 0.1", "validation: 0.1, without: [heart, square, ellipse]")));
    IdxFiles.writeFolder(folder.resolve("digits"), 8, 4, 4, 4);
    String digits =
        SMALL.replaceFirst("dataset: .*", "dataset: {plugin: idx, path: digits, without: [3, 12]}");
    List<Problem> found = read(digits, DataFolder.of(folder)).problems();
    assertEquals(1, found.size());
    assertTrue(found.get(0).message().startsWith("'12': unknown class"), found::toString);
    Sweep sweep = read(digits.replace(", 12", ""), DataFolder.of(folder)).sweep().orElseThrow();
    assertEquals(List.of("3"), sweep.trial(1).dataset().without());
    assertTrue(sweep.given().get(0).yardstick().dataset().options().has("without"));
  }

  @Test
  void refusesEmptyValuesSeedsAndSpaces() {
    assertEquals(
        List.of("8:18 parameters.beta: expected a list of at least one value"),
        problems("parameters:\n  beta: {values: []}\n"));
    assertEquals(1, problems("seeds: []\n").size());
    assertEquals(
        List.of(
            "7:13 parameters: is empty, expected at least one parameter;"
                + " without this key one configuration is trained"),
        problems("parameters: []\n"));
    assertEquals(1, problems("parameters: {}\n").size());
    assertEquals(1, problems("seeds: [1, 1]\n").size());
  }

  @Test
  void refusesMoreThanAMillionTrials() {
    String grid =
        "parameters:\n  beta: {min: 1, max: 1000, step: 1}\n  latent: {min: 1, max: 1001}\n";
    assertEquals(
        List.of(
            "7:1 parameters: 1,001,000 configurations × 1 seeds are too many,"
                + " expected at most 1,000,000 trials"),
        problems(grid));
    String vast = "parameters:\n";
    for (String name : List.of("beta", "learningRate", "weightDecay", "clipNorm")) {
      vast += "  %s: {min: 1, max: 1000000, step: 0.001}\n".formatted(name);
    }
    assertTrue(problems(vast).get(0).contains("more than can be counted configurations"));
  }

  @Test
  void refusesAKeyThatIsGivenTwiceAndNamesBothPlaces() {
    assertEquals(List.of("7:1 name: given twice, first at 1:1"), problems("name: other\n"));
  }

  @Test
  void refusesNamesThatAreNoFolders() {
    for (String name : List.of("a/b", "../up", "Upper", ".", "''", "a b", "7", "a".repeat(64))) {
      List<String> problems = problemsOf(SMALL.replace("name: small", "name: " + name));
      assertEquals(1, problems.size(), name);
      assertTrue(problems.get(0).startsWith("1:7 name: got "), problems.get(0));
    }
  }

  @Test
  void refusesAValueThatIsFixedAndVariedAndNamesBothPlaces() {
    assertEquals(
        List.of(
            "8:3 parameters.encoder.hidden: encoder.hidden is fixed at 3:26 and given here again,"
                + " expected in one of the two places"),
        problems("parameters:\n  encoder.hidden: {values: [[4], [8]]}\n"));
    assertEquals(
        List.of("9:3 parameters.objective.beta: varies the same as 'beta' at 8:3"),
        problems("parameters:\n  beta: 1\n  objective.beta: {values: [1, 2]}\n"));
  }

  @Test
  void namesBothPathsOfABareNameThatStandsForTwo() {
    assertEquals(
        List.of(
            "8:3 parameters.hidden: stands for several, write encoder.hidden or decoder.hidden"),
        problems("parameters:\n  hidden: {values: [[4], [8]]}\n"));
  }

  @Test
  void suggestsParametersThatThereAre() {
    assertEquals(
        List.of("8:3 parameters.bet: unknown parameter, did you mean 'beta'?"),
        problems("parameters:\n  bet: 1\n"));
    assertEquals(
        List.of(
            "8:3 parameters.training.learningRat: unknown parameter,"
                + " did you mean 'training.learningRate'?"),
        problems("parameters:\n  training.learningRat: 1\n"));
  }

  @Test
  void namesEverySectionThatIsMissing() {
    assertEquals(
        List.of(
            "1:1 dataset: missing; its plugin is expected one of idx, images, npz, sprites",
            "1:1 encoder: missing; its plugin is expected one of conv, dense",
            "1:1 decoder: missing; its plugin is expected one of conv, dense",
            "1:1 objective: missing; its plugin is expected one of capacity, cyclical,"
                + " dip, elbo, factor-vae, free-bits, infovae, iwae, multi-rate, tcvae"),
        problemsOf("name: small\n"));
    assertEquals(
        List.of("3:10 encoder.plugin: missing, expected one of conv, dense"),
        problemsOf(SMALL.replace("encoder: {plugin: dense, ", "encoder: {")));
  }

  @Test
  void refusesDataThatIsMissingOrOutsideTheFolder() throws IOException {
    String text = SMALL.replaceFirst("dataset: .*", "dataset: {plugin: idx, path: mnist}");
    assertTrue(read(text).report().startsWith("s.yaml:2:30 dataset.path: 'mnist' names a file"));
    DataFolder data = DataFolder.of(folder);
    assertTrue(read(text, data).report().contains("dataset.path: 'mnist' does not exist"));
    String up = text.replace("path: mnist", "path: ../mnist");
    assertTrue(read(up, data).report().contains("dataset.path: '../mnist' lies outside"));
    Files.createDirectory(folder.resolve("mnist"));
    Files.write(folder.resolve("mnist/train-images-idx3-ubyte"), new byte[] {1, 2, 3});
    assertTrue(read(text, data).report().contains("s.yaml:2:"), read(text, data).report());
  }

  @Test
  void refusesAnEncoderThatIsTooDeepForTheImageAndTellsWithWhichValues() {
    String text =
        SMALL.replaceFirst("encoder: .*", "encoder: conv")
            + "parameters:\n  encoder.channels: {values: [[8], [8, 8, 8, 8, 8, 8, 8, 8]]}\n";
    List<String> problems = problemsOf(text);
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).startsWith("3:10 encoder: with encoder.channels [8, 8, 8, 8, 8, 8, 8, 8]:"),
        problems.get(0));
  }

  @Test
  void refusesFiguresThatNoObjectiveCanBeDescribedWithWhereTheyStand() {
    String gaussian = SMALL.replace("{plugin: elbo}", "{plugin: elbo, likelihood: gaussian}");
    String expected = "sigma must be from 1e-18 to 1e18, got ";
    assertEquals(
        List.of(
            "8:23 parameters.sigma: " + expected + "1.0E-30",
            "8:35 parameters.sigma: " + expected + "1.0E30"),
        problemsOf(gaussian + "parameters:\n  sigma: {values: [1, 1.0e-30, 2, 1.0e+30]}\n"));
    assertEquals(
        List.of("8:16 parameters.sigma.min: " + expected + "1.0E-30"),
        problemsOf(
            gaussian
                + "parameters:\n  sigma: {min: 1.0e-30, max: 1, scale: log}\n"
                + "search: {plugin: random, trials: 3}\n"));
    assertEquals(
        List.of("9:22 parameters.sigma: " + expected + "1.0E-30"),
        problems(
            "parameters:\n  - likelihood: {values: [bernoulli, gaussian]}\n"
                + "    sigma: {values: [1.0e-30]}\n  - sigma: 1.0e-30\n"));
    assertEquals(List.of(), problems("parameters:\n  sigma: {values: [1, 1.0e-30]}\n"));
  }

  @Test
  void refusesFiguresThatDoNotGoTogether() {
    String problem = "alpha + lambda - 1 must be at least 0, got 0.5 + 0.25 - 1";
    assertEquals(
        List.of("8:11 parameters.lambda: " + problem),
        problemsOf(
            SMALL.replace("{plugin: elbo}", "{plugin: infovae, alpha: 0.5}")
                + "parameters:\n  lambda: 0.25\n"));
  }

  @Test
  void refusesModelsThatNoFileCanHold() {
    List<String> problems =
        problemsOf(
            SMALL.replace(
                "encoder: {plugin: dense, hidden: [16]}",
                "encoder: {plugin: dense, hidden: [65536, 65536]}"));
    assertTrue(problems.get(0).contains("weights, expected at most 500,000,000"), problems.get(0));
  }

  @Test
  void refusesBombsOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String last = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ", List.of(last, last, last, last, last, last, last, last, last))));
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertTrue(problemsOf(bomb.toString()).get(0).contains("aliases stand for more")));
    assertTrue(problemsOf("a: &a [*a]\n").get(0).contains("aliases stand for more"));
  }

  @Test
  void refusesDeepNestingBeforeItCosts() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertEquals(
                List.of("1:35 more than 32 levels begins here, expected one sweep"),
                problemsOf("a: " + "[".repeat(500_000))));
  }

  @Test
  void refusesBinaryFiles() {
    byte[] bytes = new byte[4096];
    new java.util.Random(1).nextBytes(bytes);
    Reading random = new SweepReader(SweepFiles.CATALOG, DataFolder.none()).read("s.yaml", bytes);
    assertEquals(
        "s.yaml: is no text, expected YAML in UTF-8\n1 problem. Nothing was queued.",
        random.report());
    assertEquals(List.of("2:7 U+0000 is not allowed in YAML"), problemsOf("name: x\ntags: \0\n"));
  }

  @Test
  void refusesLargeFilesWithoutReadingThem() throws IOException {
    Path file = folder.resolve("large.yaml");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(100_000_000);
    }
    Reading reading = new SweepReader(SweepFiles.CATALOG, DataFolder.none()).read(file);
    assertTrue(
        reading.report().contains("has 100,000,000 bytes, expected at most 1,048,576"),
        reading.report());
  }

  @Test
  void refusesFilesThatAreNotThere() {
    SweepReader reader = new SweepReader(SweepFiles.CATALOG, DataFolder.none());
    assertTrue(reader.read(folder.resolve("no.yaml")).report().contains("no.yaml: does not exist"));
    assertTrue(reader.read(folder).report().contains("is no file"));
  }

  @Test
  void refusesSecondDocumentsTabsAndWhatIsNoMap() {
    assertEquals(
        List.of("8:1 a second document begins here, expected one sweep"),
        problems("---\n---\nname: b\n").stream().map(p -> p.replaceAll("^[0-9]+:", "8:")).toList());
    assertTrue(problems("goal:\n\tminimize: test_loss\n").get(0).startsWith("8:1 is no YAML: "));
    assertEquals(
        List.of("0:0 is empty, expected a sweep: name, dataset, encoder, …"),
        problemsOf("# nothing\n").stream().map(p -> "0:0 " + p.trim()).toList());
    assertEquals(1, problemsOf("- a\n- b\n").size());
    assertEquals(1, problemsOf("a: *nowhere\n").size());
    assertEquals(1, problemsOf("a: !!python/object x\n").size());
  }

  @Test
  void refusesTrainingThatCountsTwice() {
    assertEquals(
        List.of("6:23 training.steps: given together with 'epochs', expected one of the two"),
        problemsOf(SMALL.replace("epochs: 4", "epochs: 4, steps: 5")));
  }

  @Test
  void refusesGoalsThatNoTableHas() {
    assertEquals(
        List.of("7:18 goal.minimize: 'test_los' is an unknown column, did you mean 'test_loss'?"),
        problems("goal: {minimize: test_los}\n"));
    assertEquals(1, problems("goal: test_loss\n").size());
  }

  @Test
  void tellsWhatASearchCannotSearch() {
    List<String> problems = problems("parameters:\n  beta: {min: 0.1, max: 2}\n");
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith("8:9 parameters.beta: "), problems.get(0));
  }

  @Test
  void refusesRangesThatAreNone() {
    assertEquals(
        List.of("8:9 parameters.beta: min <= max must hold, but got (min=2.0, max=1.0)"),
        problems("parameters:\n  beta: {min: 2, max: 1, step: 1}\n"));
    assertEquals(
        List.of("8:9 parameters.beta.max: missing, a range needs min and max"),
        problems("parameters:\n  beta: {min: 2}\n"));
    assertEquals(
        List.of("8:18 parameters.beta.maxx: unknown key, did you mean 'max'?"),
        problems("parameters:\n  beta: {min: 1, maxx: 2}\n"));
  }

  @Test
  void refusesAnOptionThatNotEveryVariedPluginHas() {
    String text = SMALL.replaceFirst("encoder: .*", "encoder: {}");
    assertEquals(
        List.of(
            "9:3 parameters.encoder.channels: encoder 'dense' has no option 'channels';"
                + " give parameters as a list of maps, one for each encoder"),
        problemsOf(
            text
                + "parameters:\n  encoder.plugin: {values: [dense, conv]}\n"
                + "  encoder.channels: {values: [[8], [4]]}\n"));
  }

  @Test
  void readsNoKeysOfATrialInASweep() {
    assertEquals(
        List.of(
            "7:1 processor: unknown key, expected one of name, description, tags, dataset,"
                + " encoder, decoder, objective, training, parameters, search, goal, seeds,"
                + " scores"),
        problems("processor: x\n"));
    assertEquals(List.of(), problems("processor: x\ntrial: {number: 1}\n"));
  }

  @Test
  void readsUtf8WithAByteOrderMark() {
    byte[] bytes = ("\uFEFF" + SMALL).getBytes(StandardCharsets.UTF_8);
    Reading reading = new SweepReader(SweepFiles.CATALOG, DataFolder.none()).read("s.yaml", bytes);
    assertEquals("", reading.report());
  }

  @Test
  void listsAHundredOfManyProblemsInTime() {
    String values = "0, ".repeat(100_000) + "0";
    String text = SMALL + "parameters:\n  latent: {values: [" + values + "]}\n";
    Reading reading = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(text));
    assertEquals(102, reading.report().lines().count());
    assertTrue(reading.report().contains("\nand 99901 more problems\n100001 problems."));
  }
}
