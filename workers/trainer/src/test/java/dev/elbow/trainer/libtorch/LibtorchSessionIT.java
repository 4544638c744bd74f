package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.EvaluationSums;
import dev.elbow.trainer.engine.GeneratedImages;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.OutOfEngineMemoryException;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.onnx.Models;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Isolated("one of its tests looks at the memory of the whole process")
class LibtorchSessionIT {
  private static final int LATENT = 3;
  private static final int BATCH = 4;

  private final LibtorchEngine engine = LibtorchEngine.load(Optional.empty());
  private final StoredImages images = engine.store(GeneratedImages.grey(64, 16));
  private final Vae vae = Models.dense(Shape.of(1, 8, 8), 10, LATENT);
  private final Map<String, float[]> weights = Models.parameters(vae.training().parameters(), 1);

  @AfterEach
  void freeImages() {
    images.close();
  }

  static List<Map<String, Object>> optimizers() {
    return List.of(
        Map.of(),
        Map.of("weightDecay", 0.3),
        Map.of("clipNorm", 0.5),
        Map.of("optimizer", Map.of("name", "adam", "betas", List.of(0.5, 0.9), "epsilon", 0.1)),
        Map.of("optimizer", "sgd"),
        Map.of("optimizer", Map.of("name", "sgd", "momentum", 0.9), "weightDecay", 0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void changesWeightsAsTheFormulaSays(Map<String, Object> options) {
    double[] rates = {0.01, 0.02, 0.005, 0.01};
    OptimizerInDouble expected = new OptimizerInDouble(training(options), weights);
    Steps steps = steps(rates);
    for (int i = 0; i < rates.length; i++) {
      expected.step(gradients(steps, i, expected.weights()), rates[i]);
    }
    try (Session session = open(options)) {
      assertTrue(session.train(steps).finite());
      Map<String, float[]> trained = session.parameters();
      assertEquals(expected.weights().keySet(), trained.keySet());
      expected
          .weights()
          .forEach((name, values) -> assertArrayEquals(values, trained.get(name), 2e-5f, name));
    }
  }

  private Map<String, float[]> gradients(Steps steps, int step, Map<String, float[]> at) {
    Batch batch = steps.batch();
    int[] numbers = Arrays.copyOfRange(batch.images(), step * BATCH, (step + 1) * BATCH);
    float[] noise =
        Arrays.copyOfRange(batch.noise(), step * BATCH * LATENT, (step + 1) * BATCH * LATENT);
    return new LibtorchReference().gradients(vae, at, images.values(numbers), noise, BATCH, 0);
  }

  @Test
  void everyWeightMoves() {
    try (Session session = open(Map.of())) {
      session.train(steps(0.01, 0.01, 0.01));
      Map<String, float[]> trained = session.state().parameters();
      weights.forEach(
          (name, values) -> assertFalse(Arrays.equals(values, trained.get(name)), name));
    }
  }

  @Test
  void oneCallOfManyStepsEqualsManyCallsOfOne() {
    double[] rates = {0.01, 0.02, 0.03};
    try (Session together = open(Map.of());
        Session apart = open(Map.of())) {
      StepSums sums = together.train(steps(rates));
      for (int i = 0; i < rates.length; i++) {
        StepSums one = apart.train(step(steps(rates), i));
        assertEquals(sums.objective()[i], one.objective()[0]);
        assertEquals(sums.reconstruction()[i], one.reconstruction()[0]);
        assertEquals(sums.kl()[i], one.kl()[0]);
      }
      assertSame(together.state(), apart.state());
    }
  }

  @Test
  void goesOnFromItsStateAsIfItHadNeverStopped() {
    try (Session whole = open(Map.of());
        Session first = open(Map.of())) {
      whole.train(steps(0.01, 0.02));
      first.train(step(steps(0.01, 0.02), 0));
      SessionSpec spec = new SessionSpec(vae, training(Map.of()), first.state());
      try (Session second = engine.open(spec)) {
        second.train(step(steps(0.01, 0.02), 1));
        assertSame(whole.state(), second.state());
      }
    }
  }

  @Test
  void aWeightThatIsNotFiniteShowsInAnEvaluationThoughNoUnitPassesItOn() {
    weights.get("encoder.hidden.bias")[0] = Float.NEGATIVE_INFINITY;
    try (Session session = open(Map.of())) {
      assertTrue(session.train(steps(0)).finite(), "the relu passes nothing on");
      assertTrue(Double.isNaN(session.evaluate(steps(0).batch()).reconstruction()));
    }
  }

  @Test
  void stopsAtTheFirstStepThatIsNotFinite() {
    try (Session session = open(Map.of("optimizer", "sgd"))) {
      StepSums sums = session.train(steps(0.001, 1e30, 0.001, 0.001));
      assertFalse(sums.finite());
      assertTrue(sums.count() == 2 || sums.count() == 3, "stopped after " + sums.count());
      for (int i = 0; i < sums.count() - 1; i++) {
        assertTrue(Double.isFinite(sums.objective()[i]));
      }
    }
  }

  @Test
  void trainsOnDrawnPixelsInThePlaceOfTheImages() {
    Steps grey = steps(0.01);
    byte[] ones = new byte[BATCH * 64];
    Arrays.fill(ones, (byte) 1);
    Steps drawn =
        new Steps(grey.batch(), grey.sizes(), grey.learningRates(), Map.of(), Optional.of(ones));
    float[] white = new float[BATCH * 64];
    Arrays.fill(white, 1);
    try (Session session = open(Map.of())) {
      double expected = 0;
      for (float value : losses(session, white, grey.batch().noise())) {
        expected += value;
      }
      assertEquals(expected, session.train(drawn).reconstruction()[0], 1e-3);
    }
  }

  private float[] losses(Session session, float[] x, float[] noise) {
    return session
        .compute(List.of(vae.reconstruction()), Map.of(vae.x(), x, vae.eps(), noise), BATCH)
        .get(0);
  }

  @Test
  void sumsAnEvaluationOverItsImages() {
    int[] numbers = {3, 1, 60, 79};
    float[] noise = Models.uniform(new Random(5), BATCH * LATENT, -1, 1);
    try (Session session = open(Map.of())) {
      EvaluationSums sums = session.evaluate(new Batch(images, numbers, noise));
      List<float[]> values =
          session.compute(
              List.of(vae.reconstruction(), vae.kl(), vae.klPerDimension(), vae.mu()),
              Map.of(vae.x(), images.values(numbers), vae.eps(), noise),
              BATCH);
      assertEquals(sum(values.get(0), 0, 1), sums.reconstruction(), 1e-4);
      assertEquals(sum(values.get(1), 0, 1), sums.kl(), 1e-4);
      for (int d = 0; d < LATENT; d++) {
        assertEquals(sum(values.get(2), d, LATENT), sums.klPerDimension()[d], 1e-4);
        assertEquals(sum(values.get(3), d, LATENT), sums.mu()[d], 1e-4);
      }
      assertEquals(sums.kl(), Arrays.stream(sums.klPerDimension()).sum(), 1e-4);
    }
  }

  @Test
  void givesItsMemoryBack() {
    Vae large = Models.dense(Shape.of(1, 8, 8), 20_000, LATENT);
    Map<String, float[]> start = Models.parameters(large.training().parameters(), 1);
    SessionSpec spec = new SessionSpec(large, training(Map.of()), ModelState.untrained(start));
    long afterFive = 0;
    for (int i = 0; i < 40; i++) {
      try (Session session = engine.open(spec)) {
        session.train(steps(0.01, 0.01));
      }
      afterFive = i == 4 ? Pointer.physicalBytes() : afterFive;
    }
    long grown = Pointer.physicalBytes() - afterFive;
    // Each session holds some 36 MB.
    assertTrue(grown < 100_000_000, "35 sessions left %d bytes behind".formatted(grown));
  }

  @Test
  void tellsThatAModelDoesNotFitIntoMemory() {
    Vae huge = Models.dense(Shape.of(1, 1000, 1000), 1_000_000_000, LATENT);
    SessionSpec spec = new SessionSpec(huge, training(Map.of()), ModelState.untrained(Map.of()));
    assertThrows(OutOfEngineMemoryException.class, () -> engine.open(spec));
  }

  private Session open(Map<String, ?> options) {
    return engine.open(new SessionSpec(vae, training(options), ModelState.untrained(weights)));
  }

  private static Training training(Map<String, ?> options) {
    return new Training(Options.check(Training.declared(), options).orThrow());
  }

  private Steps steps(double... rates) {
    int count = rates.length * BATCH;
    int[] numbers = IntStream.range(0, count).map(i -> i * 7 % images.count()).toArray();
    float[] noise = Models.uniform(new Random(2), count * LATENT, -1, 1);
    int[] sizes = new int[rates.length];
    Arrays.fill(sizes, BATCH);
    return new Steps(new Batch(images, numbers, noise), sizes, rates, Map.of(), Optional.empty());
  }

  private static Steps step(Steps steps, int index) {
    Batch all = steps.batch();
    int from = index * BATCH;
    Batch batch =
        new Batch(
            all.source(),
            Arrays.copyOfRange(all.images(), from, from + BATCH),
            Arrays.copyOfRange(all.noise(), from * LATENT, (from + BATCH) * LATENT));
    double[] rate = {steps.learningRates()[index]};
    return new Steps(batch, new int[] {BATCH}, rate, Map.of(), Optional.empty());
  }

  private static void assertSame(ModelState expected, ModelState found) {
    assertEquals(expected.updates(), found.updates());
    expected
        .parameters()
        .forEach((name, values) -> assertArrayEquals(values, found.parameters().get(name), name));
    expected
        .moments()
        .forEach(
            (moment, parameters) ->
                parameters.forEach(
                    (name, values) ->
                        assertArrayEquals(values, found.moments().get(moment).get(name))));
  }

  private static double sum(float[] values, int from, int step) {
    double sum = 0;
    for (int i = from; i < values.length; i += step) {
      sum += values[i];
    }
    return sum;
  }
}
