package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.GeneratedImages;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.onnx.Models;
import dev.elbow.trainer.training.InitialWeights;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two networks that are trained against each other, each by an optimizer of its own. */
class AdversarialStepsIT {
  private static final int BATCH = 16;
  private static final int STEPS = 60;
  private static final double JUDGE_RATE = 0.02;

  private final LibtorchEngine engine = LibtorchEngine.load(Optional.empty());
  private final Vae vae = Models.adversarial(Shape.of(1, 8, 8), 20, 3);

  static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(Map.of(), 0.01),
        Arguments.of(Map.of("clipNorm", 3, "weightDecay", 1), 0.01),
        Arguments.of(Map.of("optimizer", Map.of("name", "sgd", "momentum", 0.9)), 1e-3),
        Arguments.of(Map.of("optimizer", Map.of("name", "sgd")), 1e-3));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bothLearnAsByEagerSteps(Map<String, Object> options, double rate) {
    SessionSpec spec = spec(vae, options);
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session compiled = engine.open(spec);
        Session eager = EagerSteps.session(spec)) {
      Steps steps = steps(images, rate, JUDGE_RATE);
      StepSums found = compiled.train(steps);
      StepSums expected = eager.train(steps);
      assertTrue(found.finite() && found.count() == STEPS);
      assertAlike(expected.objective(), found.objective());
      assertAlike(expected.reconstruction(), found.reconstruction());
      assertAlike(expected.kl(), found.kl());
      Map<String, float[]> weights = compiled.parameters();
      eager
          .parameters()
          .forEach((name, values) -> assertArrayEquals(values, weights.get(name), 2e-3f, name));
      requireMoved(spec.start().parameters(), weights);
    }
  }

  private static void requireMoved(Map<String, float[]> before, Map<String, float[]> after) {
    assertTrue(before.containsKey("adversary.judge.weight"), before.keySet().toString());
    before.forEach(
        (name, values) -> assertFalse(Arrays.equals(values, after.get(name)), name + " stayed"));
  }

  /** One by one they are right where gradients, and not only what comes of them, are. */
  @Test
  void eachLearnsAtItsOwnRate() {
    SessionSpec spec = spec(vae, Map.of());
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16))) {
      requireStill("adversary", spec, steps(images, 0.01, 0));
      requireStill("encoder", spec, steps(images, 0, JUDGE_RATE));
    }
  }

  private void requireStill(String still, SessionSpec spec, Steps steps) {
    try (Session session = engine.open(spec)) {
      session.train(steps);
      Map<String, float[]> after = session.parameters();
      spec.start()
          .parameters()
          .forEach(
              (name, values) -> {
                boolean isSame = Arrays.equals(values, after.get(name));
                boolean isModel = !name.startsWith("adversary.");
                assertEquals(still.equals("adversary") != isModel, isSame, name);
              });
    }
  }

  /** Its loss is no figure that is watched, but what comes of it is. */
  @Test
  void aSecondNetworkThatDivergesEndsTheCall() {
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session session = engine.open(spec(vae, Map.of()))) {
      StepSums sums = session.train(steps(images, 0.001, 1e38));
      assertFalse(sums.finite());
      assertTrue(sums.count() < STEPS, "all " + STEPS + " steps were made");
    }
  }

  @Test
  void largeProductsOfBothAreMadeInBf16() {
    Vae large = Models.adversarial(Shape.of(1, 8, 8), 2000, 64);
    SessionSpec half = spec(large, Map.of("precision", "bf16"));
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session compiled = engine.open(half);
        Session eager = EagerSteps.session(spec(large, Map.of()))) {
      Steps steps = steps(large, images, 1e-4, 1e-3);
      double[] found = compiled.train(steps).objective();
      double[] expected = eager.train(steps).objective();
      assertFalse(Arrays.equals(expected, found), "nothing was in bf16");
      for (int i = 0; i < STEPS; i++) {
        assertEquals(expected[i], found[i], 2e-2 * Math.abs(expected[i]), "step " + i);
      }
      requireMoved(half.start().parameters(), compiled.parameters());
    }
  }

  private static SessionSpec spec(Vae vae, Map<String, Object> options) {
    Training training = new Training(Options.check(Training.declared(), options).orThrow());
    return new SessionSpec(vae, training, ModelState.untrained(InitialWeights.draw(vae, 1)));
  }

  private Steps steps(StoredImages images, double rate, double judgeRate) {
    return steps(vae, images, rate, judgeRate);
  }

  /** The last of the steps has one image. */
  private static Steps steps(Vae vae, StoredImages images, double rate, double judgeRate) {
    int[] sizes = new int[STEPS];
    Arrays.fill(sizes, BATCH);
    sizes[STEPS - 1] = 1;
    int count = Arrays.stream(sizes).sum();
    int[] numbers = IntStream.range(0, count).map(i -> i * 7 % images.count()).toArray();
    float[] noise = Models.uniform(new Random(2), count * vae.noiseSize(), -1, 1);
    double[] rates = new double[STEPS];
    Arrays.fill(rates, rate);
    double[] judgeRates = new double[STEPS];
    Arrays.fill(judgeRates, judgeRate);
    Map<String, double[]> scheduled = Map.of("judgeRate", judgeRates);
    return new Steps(new Batch(images, numbers, noise), sizes, rates, scheduled, Optional.empty());
  }

  private static void assertAlike(double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      double tolerance = 1e-4 * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], found[i], tolerance, "step " + i);
    }
  }
}
