package dev.elbow.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Moment;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.PlainModels;
import dev.elbow.testkit.RandomArrays;
import dev.elbow.testkit.ReferenceEngine;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.ConditionValues;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every objective in a short training by compiled steps. */
class TrainingIT {
  private static final Shape IMAGE = Shape.of(1, 8, 8);
  private static final int LATENT = 3;
  private static final int IMAGES = 48;
  private static final int BATCH = 16;
  private static final int STEPS = 300;

  static Stream<Objective> objectives() {
    return ServiceLoader.load(Objective.class).stream().map(ServiceLoader.Provider::get);
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void trainingLowersTheObjectiveAndItsFiguresAreThoseOfEagerComputing(Objective objective) {
    Options options = Options.check(objective.options(), small(objective)).orThrow();
    Vae vae =
        Vae.describe(
            IMAGE,
            LATENT,
            PlainModels.encoder(),
            PlainModels.decoder(),
            new Vae.Part<>(objective, options));
    Map<String, float[]> start = RandomArrays.parameters(vae.training(), 1);
    Training training =
        new Training(Options.check(Training.declared(), Map.of("learningRate", 0.01)).orThrow());
    LibtorchEngine engine = LibtorchEngine.load(Optional.empty());
    try (StoredImages images = engine.store(new Stripes());
        Session session =
            engine.open(new SessionSpec(vae, training, ModelState.untrained(start)))) {
      Steps steps = steps(vae, images);
      StepSums sums = session.train(steps);
      assertTrue(sums.finite() && sums.count() == STEPS);
      requireEager(vae, start, steps, images, sums);
      double first = sum(sums.objective(), 0);
      double last = sum(sums.objective(), STEPS - 30);
      assertTrue(last < 0.95 * first, "from %f to %f".formatted(first, last));
    }
  }

  /** The paper's discriminator has five million weights. */
  private static Map<String, ?> small(Objective objective) {
    return objective instanceof FactorObjective
        ? Map.of("discriminatorHidden", List.of(50, 50))
        : Map.of();
  }

  private static double sum(double[] values, int from) {
    return Arrays.stream(values, from, from + 30).sum();
  }

  private static void requireEager(
      Vae vae, Map<String, float[]> start, Steps steps, StoredImages images, StepSums sums) {
    Map<Tensor, float[]> given = new HashMap<>();
    given.put(vae.x(), images.values(Arrays.copyOf(steps.batch().images(), BATCH)));
    int from = 0;
    for (Tensor input : vae.noise()) {
      given.put(input, columns(steps.batch().noise(), vae.noiseSize(), from, input));
      from += input.shape().size();
    }
    given.putAll(ConditionValues.apart(vae, ConditionValues.examples(vae, BATCH)));
    List<float[]> eager =
        ReferenceEngine.find().compute(vae.training().outputs(), start, given, BATCH, 0);
    double[][] found = {sums.objective(), sums.reconstruction(), sums.kl()};
    for (int figure = 0; figure < found.length; figure++) {
      float[] values = eager.get(figure);
      double expected = IntStream.range(0, BATCH).mapToDouble(i -> values[i]).sum();
      assertEquals(expected, found[figure][0], 1e-4 * Math.abs(expected), "figure " + figure);
    }
  }

  private static float[] columns(float[] noise, int width, int from, Tensor input) {
    int size = (int) input.shape().size();
    float[] values = new float[BATCH * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = noise[i / size * width + from + i % size];
    }
    return values;
  }

  private static Steps steps(Vae vae, StoredImages images) {
    int[] sizes = new int[STEPS];
    Arrays.fill(sizes, BATCH);
    double[] rates = new double[STEPS];
    Arrays.fill(rates, 0.01);
    int[] numbers = IntStream.range(0, STEPS * BATCH).map(i -> i * 7 % IMAGES).toArray();
    float[] noise = RandomArrays.normal((long) numbers.length * vae.noiseSize(), 2);
    Map<String, double[]> scheduled = new HashMap<>();
    for (Tensor value : vae.training().order()) {
      if (value.op() instanceof Op.Scheduled figure) {
        scheduled.put(figure.name(), scheduled(figure));
      }
    }
    float[] conditions = ConditionValues.examples(vae, numbers.length);
    Batch batch = new Batch(images, numbers, noise, conditions);
    return new Steps(batch, sizes, rates, scheduled, Optional.empty());
  }

  /** As the reference does, which takes the batch for all images that there are. */
  private static double[] scheduled(Op.Scheduled figure) {
    return IntStream.range(0, STEPS)
        .mapToDouble(step -> figure.schedule().at(new Moment(step, STEPS, BATCH)))
        .toArray();
  }

  /** A bright column in each image. */
  private record Stripes() implements Images {
    @Override
    public DatasetDescription description() {
      return new DatasetDescription(
          IMAGE, PixelFormat.UINT8, IMAGES, 1, Targets.GREY, List.of(), List.of());
    }

    @Override
    public void read(int first, int count, ByteBuffer target) {
      for (int image = first; image < first + count; image++) {
        for (int pixel = 0; pixel < 64; pixel++) {
          target.put((byte) (pixel % 8 == image % 8 ? 230 : 20 + image % 3));
        }
      }
    }

    @Override
    public int[] train() {
      return IntStream.range(0, IMAGES).toArray();
    }

    @Override
    public int[] test() {
      return new int[] {IMAGES};
    }

    @Override
    public int label(int image) {
      return -1;
    }

    @Override
    public int factor(int image, int factor) {
      throw new IndexOutOfBoundsException("there are no factors");
    }
  }
}
