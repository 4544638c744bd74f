package dev.elbow.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.RatePoint;
import dev.elbow.api.Vae;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.checkpoint.Checkpoint;
import dev.elbow.trainer.checkpoint.CheckpointFile;
import dev.elbow.trainer.checkpoint.Provenance;
import dev.elbow.trainer.data.TrainingData;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.engine.GeneratedImages;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import dev.elbow.trainer.onnx.Models;
import example.tiny.TinyDecoder;
import example.tiny.TinyEncoder;
import example.tiny.TinyObjective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrialTrainerIT {
  private static final Map<String, Object> SHORT = Map.of("epochs", 3, "batchSize", 16);

  private static final Provenance HERE = new Provenance("engine", "processor", List.of());

  private static Engine engine;
  private static TrainingData data;

  @BeforeAll
  static void load() {
    engine = LibtorchEngine.load(Optional.empty());
    data = TrainingData.of(GeneratedImages.grey(200, 50), "sha256-of-the-data", engine);
  }

  @AfterAll
  static void free() {
    data.close();
  }

  /** What a trial leaves behind. */
  private record Trained(ModelState state, List<Evaluation> evaluations) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void theStepsOfACallChangeNoBit(int stepsPerCall) throws Exception {
    TrainingTask task = Tasks.dense(data, 1, 0.1, SHORT);
    assertSame(train(task, TrialTrainer.STEPS_PER_CALL), train(task, stepsPerCall));
  }

  @Test
  void aModelForManyWeightsIsTheSameInWhateverPiecesItIsTrained(@TempDir Path folder)
      throws Exception {
    try (TrainingData own = TrainingData.of(GeneratedImages.labelled(60, 20), "own", engine)) {
      TrainingTask task = Tasks.told(own, 1, 0, Map.of("steps", 11, "batchSize", 16));
      Trained whole = train(task, 100);
      assertSame(whole, train(task, 3));
      CheckpointFile file = new CheckpointFile(folder, task.trial(), HERE, "e");
      assertSame(whole, trainInPieces(task, file));
    }
  }

  @Test
  void itsCurveHasTheLossesAtEachWeightAndThoseOfTheEvaluationAtOne() throws Exception {
    Map<String, Object> longer = Map.of("epochs", 60, "batchSize", 16, "learningRate", 0.01);
    try (TrainingData own = TrainingData.of(GeneratedImages.labelled(200, 50), "own", engine);
        TrialTrainer trainer = TrialTrainer.begin(engine, Tasks.told(own, 1, 0.1, longer), 100)) {
      assertTrue(trainer.train(() -> false, new CallCount()));
      List<RatePoint> curve = trainer.rates(() -> false);
      assertEquals(List.of(0.1, 10.0), List.of(curve.get(0).beta(), curve.get(8).beta()));
      assertEquals(1, curve.get(4).beta(), 1e-9);
      Evaluation last = trainer.evaluations().get(59);
      assertEquals(last.test(), curve.get(4).test());
      assertEquals(last.validation(), curve.get(4).validation());
      double less = curve.get(0).test().kl();
      double more = curve.get(8).test().kl();
      assertTrue(less > 1.5 * more, "KL at 0.1 and 10: %f, %f".formatted(less, more));
      assertEquals(List.of(), trainer.rates(() -> true));
    }
  }

  @Test
  void whatRunsBesideItChangesNoBit() throws Exception {
    List<Trained> alone = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      alone.add(train(Tasks.dense(data, seed, 0, SHORT), 100));
    }
    ExecutorService slots = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Trained>> both =
          List.of(
              () -> train(Tasks.dense(data, 1, 0, SHORT), 100),
              () -> train(Tasks.dense(data, 2, 0, SHORT), 7));
      List<Future<Trained>> together = slots.invokeAll(both);
      assertSame(alone.get(0), together.get(0).get());
      assertSame(alone.get(1), together.get(1).get());
    } finally {
      slots.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource(Targets.class)
  void anInterruptionAfterAnyCallChangesNoBit(Targets targets, @TempDir Path folder)
      throws Exception {
    PixelFormat format = targets == Targets.FIXED ? PixelFormat.BITS : PixelFormat.UINT8;
    try (TrainingData own =
        TrainingData.of(new GeneratedImages(7, 60, 20, format, targets), "own", engine)) {
      TrainingTask task =
          Tasks.dense(own, 1, 0, Map.of("steps", 11, "evaluateEvery", 3, "batchSize", 16));
      Trained whole = train(task, 100);
      assertEquals(
          List.of(3L, 6L, 9L, 11L), whole.evaluations().stream().map(Evaluation::step).toList());
      CheckpointFile file = new CheckpointFile(folder, task.trial(), HERE, "e");
      assertSame(whole, trainInPieces(task, file));
    }
  }

  @Test
  void runningStatisticsAndWhatIsLeftOutAreTheSameAfterAnyInterruption(@TempDir Path folder)
      throws Exception {
    Map<String, Object> options = Map.of("steps", 11, "evaluateEvery", 3, "batchSize", 16);
    TrainingTask task = Tasks.normalised(data, 1, options);
    Trained whole = train(task, 100);
    float[] variances = whole.state().parameters().get("encoder.norm.running_var");
    for (float variance : variances) {
      assertTrue(variance > 0 && variance != 1, "running variance " + variance);
    }
    CheckpointFile file = new CheckpointFile(folder, task.trial(), HERE, "e");
    assertSame(whole, trainInPieces(task, file));
  }

  @Test
  void aSecondNetworkAndItsOptimizerAreTheSameAfterAnyInterruption(@TempDir Path folder)
      throws Exception {
    Map<String, Object> options = Map.of("steps", 11, "evaluateEvery", 3, "batchSize", 16);
    TrainingTask task = Tasks.adversarial(data, 1, options);
    Trained whole = train(task, 100);
    assertTrue(whole.state().moments().get("exp_avg").containsKey("adversary.judge.weight"));
    CheckpointFile file = new CheckpointFile(folder, task.trial(), HERE, "e");
    assertSame(whole, trainInPieces(task, file));
  }

  /** Stops after each call of the engine, and goes on from a file each time. */
  private static Trained trainInPieces(TrainingTask task, CheckpointFile file) throws Exception {
    for (int piece = 0; piece < 100; piece++) {
      Optional<Checkpoint> last = file.read();
      try (TrialTrainer trainer =
          last.isEmpty()
              ? TrialTrainer.begin(engine, task, 1)
              : TrialTrainer.resume(engine, task, 1, last.get().state(), last.get().position())) {
        CallCount calls = new CallCount();
        if (trainer.train(() -> calls.count >= 1, calls)) {
          return new Trained(trainer.state(), trainer.evaluations());
        }
        file.write(Checkpoint.of(task.vae(), trainer.state(), trainer.position()));
      }
    }
    throw new AssertionError("the trial never ends");
  }

  @Test
  void anotherSeedGivesOtherWeights() throws Exception {
    Trained first = train(Tasks.dense(data, 1, 0, SHORT), 100);
    Trained second = train(Tasks.dense(data, 2, 0, SHORT), 100);
    assertFalse(
        java.util.Arrays.equals(
            first.state().parameters().get("encoder.mu.weight"),
            second.state().parameters().get("encoder.mu.weight")));
  }

  @Test
  void learnsWhatCanBeLearned() throws Exception {
    Map<String, Object> options = Map.of("epochs", 60, "batchSize", 16, "learningRate", 0.005);
    List<Evaluation> curve = train(Tasks.dense(data, 1, 0.1, options), 100).evaluations();
    Evaluation first = curve.get(0);
    Evaluation last = curve.get(curve.size() - 1);
    // 64 pixels of known grey cost 64 times their entropy, some 25.6 nats; a code of 36 equally
    // likely places costs ln 36 = 3.6 more.
    assertTrue(last.test().loss() < 32, "test loss " + last.test().loss());
    assertTrue(last.test().loss() > 28, "test loss " + last.test().loss());
    assertTrue(first.test().loss() > last.test().loss() + 5);
    assertEquals(last.train().loss(), last.validation().orElseThrow().loss(), 1.5);
    assertEquals(last.train().loss(), last.trainObjective(), 1e-4);
    assertTrue(last.activeUnits() >= 1 && last.activeUnits() <= 3);
    assertEquals(last.test().kl(), last.klPerDimension().stream().mapToDouble(d -> d).sum(), 1e-4);
  }

  @Test
  void withoutWeightOnTheKlItGrowsAndStaysFinite() throws Exception {
    Map<String, Object> options = Map.of("epochs", 100, "batchSize", 16, "learningRate", 0.01);
    Losses free = train(weighted(0, options), 100).evaluations().get(99).test();
    Losses bound = train(weighted(1, options), 100).evaluations().get(99).test();
    assertTrue(free.finite());
    assertTrue(free.kl() > 3 * bound.kl(), free + " against " + bound);
    assertTrue(free.reconstruction() < bound.reconstruction(), free + " against " + bound);
  }

  private static TrainingTask weighted(double beta, Map<String, ?> training) {
    Vae vae =
        Vae.describe(
            data.description().image(),
            3,
            new Vae.Part<>(new TinyEncoder(), Options.defaults(new TinyEncoder().options())),
            new Vae.Part<>(new TinyDecoder(), Options.defaults(new TinyDecoder().options())),
            new Vae.Part<>(
                new TinyObjective(),
                Options.check(new TinyObjective().options(), Map.of("beta", beta)).orThrow()));
    return new TrainingTask(Tasks.trial(1, 3, 0, training), vae, data);
  }

  @Test
  void measuresEveryTrialOnTheSameNoise() throws Exception {
    TrainingTask task = Tasks.dense(data, 1, 0, Map.of("epochs", 1, "learningRate", 1e-30));
    TrainingTask otherSeed =
        new TrainingTask(
            Tasks.trial(1, 3, 0, Map.of("epochs", 1, "learningRate", 1e-30, "batchSize", 7)),
            task.vae(),
            data);
    // Neither has learned anything, so that their losses differ by nothing but draws.
    Evaluation one = train(task, 100).evaluations().get(0);
    Evaluation other = train(otherSeed, 100).evaluations().get(0);
    assertEquals(one.test(), other.test());
    float[] three = data.evaluationNoise(new int[] {5}, 3);
    float[] five = data.evaluationNoise(new int[] {5}, 5);
    assertArrayEquals(three, java.util.Arrays.copyOf(five, 3));
  }

  @Test
  void namesEpochAndStepWhereItDiverged() {
    TrainingTask task =
        Tasks.dense(
            data,
            1,
            0,
            Map.of("epochs", 3, "batchSize", 16, "optimizer", "sgd", "learningRate", 1e20));
    DivergedException e = assertThrows(DivergedException.class, () -> train(task, 100));
    assertTrue(e.getMessage().matches("epoch 1, step [1-3]: .*not finite.*"), e.getMessage());
    DivergedException again = assertThrows(DivergedException.class, () -> train(task, 1));
    assertEquals(e.getMessage(), again.getMessage());
  }

  @Test
  void stopsWithinASecond() throws Exception {
    try (TrainingData many =
        TrainingData.of(
            new GeneratedImages(32, 4000, 4000, PixelFormat.UINT8, Targets.DYNAMIC), "m", engine)) {
      TrainingTask task =
          new TrainingTask(
              Tasks.trial(1, 8, 0, Map.of("epochs", 1000, "batchSize", 64)),
              Models.convolutional(Shape.of(1, 32, 32), 8),
              many);
      long[] told = new long[1];
      long started = System.nanoTime();
      BooleanSupplier afterTwoSeconds = () -> isTold(started, told);
      try (TrialTrainer trainer = TrialTrainer.begin(engine, task, 1000)) {
        assertFalse(trainer.train(afterTwoSeconds, new CallCount()));
      }
      Duration late = Duration.ofNanos(System.nanoTime() - started).minusSeconds(2);
      assertTrue(late.toMillis() < 1000, "stopped after " + late);
    }
  }

  private static boolean isTold(long started, long[] told) {
    told[0] = System.nanoTime() - started;
    return told[0] > 2_000_000_000L;
  }

  private static Trained train(TrainingTask task, int stepsPerCall) throws DivergedException {
    try (TrialTrainer trainer = TrialTrainer.begin(engine, task, stepsPerCall)) {
      assertTrue(trainer.train(() -> false, new CallCount()));
      return new Trained(trainer.state(), trainer.evaluations());
    }
  }

  private static void assertSame(Trained expected, Trained found) {
    assertEquals(expected.state().updates(), found.state().updates());
    assertEquals(expected.state().parameters().keySet(), found.state().parameters().keySet());
    expected
        .state()
        .parameters()
        .forEach(
            (name, values) ->
                assertArrayEquals(values, found.state().parameters().get(name), name));
    assertEquals(expected.evaluations().size(), found.evaluations().size());
    IntStream.range(0, found.evaluations().size())
        .forEach(
            i ->
                assertEquals(
                    timeless(expected.evaluations().get(i)), timeless(found.evaluations().get(i))));
  }

  private static Evaluation timeless(Evaluation evaluation) {
    return new Evaluation(
        evaluation.epoch(),
        evaluation.step(),
        evaluation.trainObjective(),
        evaluation.train(),
        evaluation.validation(),
        evaluation.test(),
        evaluation.klPerDimension(),
        evaluation.muVariances(),
        0,
        0);
  }

  /** Counts calls of the engine, evaluations among them. */
  private static final class CallCount implements TrainingObserver {
    private int count;

    @Override
    public void trained(Progress progress) {
      count++;
    }

    @Override
    public void evaluating() {}

    @Override
    public void evaluated(Evaluation evaluation) {
      count++;
    }

    @Override
    public void epochEnded() {}
  }
}
