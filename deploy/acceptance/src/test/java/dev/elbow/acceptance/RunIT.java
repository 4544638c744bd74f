package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one run of one sweep leaves behind, seen by somebody who only reads the contract. */
class RunIT {
  private static final List<String> MODELS = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");
  private static final String COLUMNS =
      "trial,state,attempts,seed,beta,epochs,train_objective,train_loss,train_reconstruction,train_kl,"
          + "validation_loss,validation_reconstruction,validation_kl,test_loss,test_reconstruction,test_kl,"
          + "active_units,onnx_max_abs_error,seconds,images_per_second,failure,message";

  @TempDir static Path folder;
  private static Path data;
  private static Path sweep;
  private static ElbowProcess.Ended first;
  private static ElbowProcess.Ended second;

  @BeforeAll
  static void runWithOneSlotForPeopleAndWithTwoForPrograms() throws Exception {
    data = TinyImages.write(folder.resolve("data"));
    sweep = TinySweep.named("tiny").write(folder);
    first = run("one", sweep, "--slots", "1");
    assertEquals(0, first.exitCode(), first::toString);
    second = run("two", sweep, "--slots", "2", "--json");
    assertEquals(0, second.exitCode(), second::toString);
  }

  private static ElbowProcess.Ended run(String home, Path sweep, String... more) throws Exception {
    Stream<String> places = Stream.of("run", sweep.toString(), "--home", home, "--data", "data");
    String[] arguments = Stream.concat(places, Stream.of(more)).toArray(String[]::new);
    return ElbowProcess.run(folder, arguments);
  }

  @Test
  void everyEpochOfEveryTrialIsALine() {
    Pattern line =
        Pattern.compile(
            "^trial 000[1-4] epoch [12]/2 loss [0-9.]+ reconstruction [0-9.]+ kl [0-9.]+$",
            Pattern.MULTILINE);
    assertEquals(8, line.matcher(first.out()).results().count(), first::toString);
  }

  @Test
  void endsWithATableByGoalAndTheSpreadOverSeedsAndThePlaceOfTheFiles() {
    assertTrue(first.out().contains("trial  beta  seed  test_loss"), first::toString);
    assertTrue(first.out().contains(" ± "), first::toString);
    assertTrue(first.out().contains("Files: " + trials("one").getParent()), first::toString);
  }

  @Test
  void saysNothingOnStderr() {
    assertEquals("", first.err());
  }

  @Test
  void leavesTheFilesOfTheContract() throws Exception {
    Path sweepFolder = trials("one").getParent();
    assertTrue(Files.isRegularFile(sweepFolder.resolve("sweep.yaml")));
    assertEquals(Set.of("0001", "0002", "0003", "0004"), names(trials("one")));
    Set<String> expected = new TreeSet<>(MODELS);
    expected.addAll(
        Set.of(
            "trial.json", "metrics.csv", "reconstructions.png", "samples.png", "traversals.png"));
    Set<String> found = names(trials("one").resolve("0001"));
    assertTrue(found.containsAll(expected), found::toString);
  }

  @Test
  void resultsHaveTheColumnsOfTheContractAndARowForEachTrial() throws Exception {
    List<String> rows = Files.readAllLines(trials("one").resolveSibling("results.csv"));
    assertTrue(rows.get(0).startsWith(COLUMNS), rows.get(0));
    assertEquals(5, rows.size());
    for (String row : rows.subList(1, 5)) {
      assertTrue(row.matches("000[1-4],completed,1,[12],.*"), row);
    }
  }

  @Test
  void everyModelRunsAndGivesImagesBack() throws Exception {
    float[] images = new float[17 * TinyImages.SIZE * TinyImages.SIZE];
    for (String trial : names(trials("one"))) {
      try (VaeModel model = VaeModel.load(trials("one").resolve(trial))) {
        assertEquals(3, model.latent());
        assertEquals(17 * 3, model.encode(images).mu().length);
        for (float pixel : model.decode(new float[17 * 3])) {
          assertTrue(pixel >= 0 && pixel <= 1, () -> trial + " decodes to " + pixel);
        }
      }
    }
  }

  @Test
  void twoSlotsGiveTheBytesOfOne() throws Exception {
    assertSameModels(trials("one"), trials("two"));
  }

  /** Byte for byte. */
  static void assertSameModels(Path trials, Path others) throws IOException {
    assertEquals(names(trials), names(others));
    for (String trial : names(trials)) {
      for (String model : MODELS) {
        assertArrayEquals(
            Files.readAllBytes(trials.resolve(trial).resolve(model)),
            Files.readAllBytes(others.resolve(trial).resolve(model)),
            () -> trial + "/" + model);
      }
    }
  }

  @Test
  void aSweepThatIsOverPrintsItsTableAtOnce() throws Exception {
    ElbowProcess.Ended again = run("one", sweep);
    assertEquals(0, again.exitCode(), again::toString);
    assertFalse(again.out().contains("epoch"), again::toString);
    assertTrue(again.out().contains("trial  beta  seed  test_loss"), again::toString);
  }

  @Test
  void anotherSweepOfTheSameNameIsRefusedNamingWhatDiffers() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path changed =
        TinySweep.named("tiny").with("training", "{epochs: 3, batchSize: 64}").write(other);
    ElbowProcess.Ended refused = run("one", changed);
    assertEquals(2, refused.exitCode(), refused::toString);
    assertTrue(refused.err().contains("training.epochs"), refused::toString);
    assertTrue(refused.err().contains("Nothing was queued"), refused::toString);
  }

  @Test
  void aTrialIsTrainedAgainFromItsDescription() throws Exception {
    ElbowProcess.Ended again = run("again", trials("one").resolve("0003/trial.json"));
    assertEquals(0, again.exitCode(), again::toString);
    Path copy = folder.resolve("again/sweeps/tiny-0003/trials/0001");
    for (String model : MODELS) {
      assertEquals(graph(trials("one").resolve("0003").resolve(model)), graph(copy.resolve(model)));
    }
  }

  /** All but what a file says of itself: this one belongs to another sweep. */
  private static OnnxMl.GraphProto graph(Path model) throws IOException {
    return OnnxMl.ModelProto.parseFrom(Files.readAllBytes(model)).getGraph();
  }

  @Test
  void resultsAreReadWithoutAnythingRunning() throws Exception {
    ElbowProcess.Ended csv =
        ElbowProcess.run(folder, "results", "tiny", "--home", "one", "--format", "csv");
    List<String> stored = Files.readAllLines(trials("one").resolveSibling("results.csv"));
    assertEquals(Set.copyOf(stored), csv.out().lines().collect(Collectors.toSet()));
  }

  @Test
  void programsGetOneObjectALineAndPeopleTheSameInWords() {
    assertTrue(
        second.out().lines().allMatch(line -> line.startsWith("{") && line.endsWith("}")),
        second::toString);
    long evaluations = second.out().lines().filter(l -> l.contains("\"evaluated\"")).count();
    assertEquals(8, evaluations, second::toString);
    assertTrue(second.err().contains("trial 0001 completed"), second::toString);
  }

  private static Path trials(String home) {
    return folder.resolve(home).resolve("sweeps/tiny/trials");
  }

  private static Set<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
