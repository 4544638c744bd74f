package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.ConditionValues;
import dev.elbow.trainer.engine.EvaluationSums;
import dev.elbow.trainer.engine.GeneratedImages;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.onnx.Models;
import dev.elbow.trainer.training.InitialWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled training beside eager training, from equal weights, images and noise. */
class CompiledStepsIT {
  private static final int LATENT = 3;
  private static final int BATCH = 16;
  private static final int STEPS = 100;

  private final LibtorchEngine engine = LibtorchEngine.load(Optional.empty());

  static Stream<Arguments> trials() {
    Shape image = Shape.of(1, 8, 8);
    Vae dense = Models.dense(image, 20, LATENT);
    Vae convolutional = Models.convolutional(image, LATENT);
    return Stream.of(
        Arguments.of("dense", dense, Map.of()),
        Arguments.of("convolutional", convolutional, Map.of()),
        Arguments.of("told label and beta", Models.told(image, LATENT), Map.of()),
        // Adam would make a step of what is left where a norm makes gradients cancel.
        Arguments.of(
            "batch norm and dropout",
            Models.normalised(image, 20, LATENT),
            optimizer("name", "sgd", "momentum", 0.5)),
        Arguments.of("dense, clipped and decaying", dense, Map.of("clipNorm", 3, "weightDecay", 1)),
        Arguments.of("dense by momentum", dense, optimizer("name", "sgd", "momentum", 0.9)),
        Arguments.of("convolutional by slope", convolutional, optimizer("name", "sgd")));
  }

  private static Map<String, Object> optimizer(Object... pairs) {
    Map<String, Object> way = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      way.put((String) pairs[i], pairs[i + 1]);
    }
    return Map.of("optimizer", way);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trials")
  void lossesOfAHundredStepsAreThoseOfEagerTraining(
      String name, Vae vae, Map<String, Object> options) {
    SessionSpec spec = spec(vae, options);
    double rate = options.containsKey("optimizer") ? 1e-3 : 1e-2;
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session compiled = engine.open(spec);
        Session eager = EagerSteps.session(spec)) {
      Steps steps = keeping(vae, steps(images, Optional.empty(), rate));
      StepSums found = compiled.train(steps);
      StepSums expected = eager.train(steps);
      assertTrue(found.finite() && found.count() == STEPS);
      assertAlike(expected.objective(), found.objective());
      assertAlike(expected.reconstruction(), found.reconstruction());
      assertAlike(expected.kl(), found.kl());
      assertTrue(
          found.objective()[STEPS - 1] < 0.95 * found.objective()[0],
          "nothing was learnt: from %f to %f"
              .formatted(found.objective()[0], found.objective()[STEPS - 1]));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trials")
  void anEvaluationOfTheTrainedModelIsThatOfEagerOperations(
      String name, Vae vae, Map<String, Object> options) {
    SessionSpec spec = spec(vae, options);
    int[] numbers = {3, 1, 60, 63, 3};
    float[] noise = Models.uniform(new Random(5), numbers.length * LATENT, -1, 1);
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session compiled = engine.open(spec)) {
      compiled.train(keeping(vae, steps(images, Optional.empty(), 1e-3)));
      float[] conditions = ConditionValues.examples(vae, numbers.length);
      Batch batch = new Batch(images, numbers, noise, conditions);
      EvaluationSums found = compiled.evaluate(batch);
      SessionSpec trained = new SessionSpec(vae, spec.training(), compiled.state());
      try (Session eager = EagerSteps.session(trained)) {
        EvaluationSums expected = eager.evaluate(batch);
        assertEquals(expected.reconstruction(), found.reconstruction(), 1e-3);
        assertEquals(expected.kl(), found.kl(), 1e-4);
        assertArrayEquals(expected.klPerDimension(), found.klPerDimension(), 1e-4);
        assertArrayEquals(expected.mu(), found.mu(), 1e-4);
        assertArrayEquals(expected.muSquares(), found.muSquares(), 1e-4);
      }
    }
  }

  /** What is not in bf16 must not suffer, and what is must learn as well. */
  @Test
  void lossesOfAHundredStepsInBf16StayNearThoseOfEagerTraining() {
    Vae vae = Models.dense(Shape.of(1, 8, 8), 2000, LATENT);
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session compiled = engine.open(spec(vae, Map.of("precision", "bf16")));
        Session eager = EagerSteps.session(spec(vae, Map.of()))) {
      Steps steps = steps(images, Optional.empty(), 1e-3);
      double[] found = compiled.train(steps).objective();
      double[] expected = eager.train(steps).objective();
      assertFalse(Arrays.equals(expected, found), "nothing was in bf16");
      for (int i = 0; i < STEPS; i++) {
        assertEquals(expected[i], found[i], 1e-2 * Math.abs(expected[i]), "step " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp32", "bf16"})
  void anotherSessionGoesOnWithTheSameBitsWhateverTheStepsOfACall(String precision) {
    Vae vae = Models.dense(Shape.of(1, 8, 8), 2000, LATENT);
    SessionSpec spec = spec(vae, Map.of("precision", precision));
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session whole = engine.open(spec);
        Session first = engine.open(spec)) {
      Steps steps = steps(images, Optional.empty(), 1e-3);
      whole.train(steps);
      first.train(part(steps, 0, 30));
      try (Session second = engine.open(new SessionSpec(vae, spec.training(), first.state()))) {
        IntStream.range(30, STEPS).forEach(i -> second.train(part(steps, i, i + 1)));
        Map<String, float[]> found = second.state().parameters();
        whole
            .state()
            .parameters()
            .forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
      }
    }
  }

  private static Steps part(Steps steps, int from, int to) {
    int first = Arrays.stream(steps.sizes()).limit(from).sum();
    int last = Arrays.stream(steps.sizes()).limit(to).sum();
    Batch all = steps.batch();
    return new Steps(
        new Batch(
            all.source(),
            Arrays.copyOfRange(all.images(), first, last),
            Arrays.copyOfRange(all.noise(), first * LATENT, last * LATENT)),
        Arrays.copyOfRange(steps.sizes(), from, to),
        Arrays.copyOfRange(steps.learningRates(), from, to),
        Map.of(),
        Optional.empty());
  }

  private static void assertAlike(double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      double tolerance = 1e-4 * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], found[i], tolerance, "step " + i);
    }
  }

  @Test
  void figuresAreSummedInDouble() {
    SessionSpec spec = spec(Models.dense(Shape.of(1, 8, 8), 20, LATENT), Map.of());
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session compiled = engine.open(spec)) {
      double[] sums = compiled.train(steps(images, Optional.empty(), 1e-2)).reconstruction();
      assertTrue(Arrays.stream(sums).anyMatch(sum -> sum != (float) sum), "all fit into floats");
    }
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void readsImagesInEveryFormat(PixelFormat format) {
    GeneratedImages generated = new GeneratedImages(8, 64, 16, format, Targets.GREY);
    SessionSpec spec = spec(Models.dense(Shape.of(1, 8, 8), 20, LATENT), Map.of());
    try (StoredImages images = engine.store(generated);
        Session compiled = engine.open(spec);
        Session eager = EagerSteps.session(spec)) {
      Steps steps = steps(images, Optional.empty(), 1e-2);
      assertAlike(eager.train(steps).objective(), compiled.train(steps).objective());
    }
  }

  @Test
  void readsDrawnPixelsInTheOrderOfTheSteps() {
    SessionSpec spec = spec(Models.dense(Shape.of(1, 8, 8), 20, LATENT), Map.of());
    byte[] drawn = new byte[STEPS * BATCH * 64];
    Random random = new Random(4);
    IntStream.range(0, drawn.length).forEach(i -> drawn[i] = (byte) random.nextInt(2));
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16));
        Session compiled = engine.open(spec);
        Session eager = EagerSteps.session(spec)) {
      Steps steps = steps(images, Optional.of(drawn), 1e-2);
      assertAlike(eager.train(steps).objective(), compiled.train(steps).objective());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp32", "bf16"})
  void slotsThatShareAProgramComputeWhatOneAloneComputes(String precision) throws Exception {
    Vae vae = Models.dense(Shape.of(1, 8, 8), 2000, LATENT);
    SessionSpec spec = spec(vae, Map.of("precision", precision));
    ExecutorService slots = Executors.newFixedThreadPool(4);
    try (StoredImages images = engine.store(GeneratedImages.grey(64, 16))) {
      Steps steps = steps(images, Optional.empty(), 1e-2);
      double[] alone = train(spec, steps);
      Callable<double[]> slot = () -> train(spec, steps);
      List<Future<double[]>> found = new ArrayList<>();
      IntStream.range(0, 8).forEach(i -> found.add(slots.submit(slot)));
      for (Future<double[]> one : found) {
        assertTrue(Arrays.equals(alone, one.get()), "other bits beside other slots");
      }
    } finally {
      slots.shutdown();
    }
  }

  private double[] train(SessionSpec spec, Steps steps) {
    try (Session session = engine.open(spec)) {
      return session.train(steps).objective();
    }
  }

  private static SessionSpec spec(Vae vae, Map<String, Object> options) {
    Training training = new Training(Options.check(Training.declared(), options).orThrow());
    return new SessionSpec(vae, training, ModelState.untrained(InitialWeights.draw(vae, 1)));
  }

  private static Steps keeping(Vae vae, Steps steps) {
    byte[] kept = new byte[steps.batch().images().length * vae.dropoutSize()];
    Random random = new Random(3);
    IntStream.range(0, kept.length).forEach(i -> kept[i] = (byte) (random.nextInt(4) / 3 ^ 1));
    Batch drawn = steps.batch();
    int images = drawn.images().length;
    return new Steps(
        new Batch(
            drawn.source(), drawn.images(), drawn.noise(), ConditionValues.examples(vae, images)),
        steps.sizes(),
        steps.learningRates(),
        steps.scheduled(),
        steps.drawn(),
        kept);
  }

  /** The last of the steps has fewer images, as at the end of an epoch. */
  private static Steps steps(StoredImages images, Optional<byte[]> drawn, double rate) {
    int[] sizes = new int[STEPS];
    Arrays.fill(sizes, BATCH);
    sizes[STEPS - 1] = BATCH - 5;
    int count = Arrays.stream(sizes).sum();
    int[] numbers = IntStream.range(0, count).map(i -> i * 7 % images.count()).toArray();
    float[] noise = Models.uniform(new Random(2), count * LATENT, -1, 1);
    double[] rates = new double[STEPS];
    Arrays.fill(rates, rate);
    Optional<byte[]> pixels = drawn.map(all -> Arrays.copyOf(all, count * 64));
    return new Steps(new Batch(images, numbers, noise), sizes, rates, Map.of(), pixels);
  }
}
