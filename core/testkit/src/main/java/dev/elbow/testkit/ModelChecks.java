package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Tensor;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.Reconstruction;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an engine shows of a whole model, with random parameters and data. */
final class ModelChecks {
  private static final int[] BATCHES = {1, 2, 17};
  private static final double TOLERANCE = 1e-4;
  private static final double GRADIENT_TOLERANCE = 1e-5;

  /**
   * Smallest gradient that is looked at closely, of the model's largest: below it 5e-7 of that
   * largest is let pass.
   */
  private static final double ROUNDING = 0.05;

  private static final long SEED = 20_170_713;

  private final ReferenceEngine engine;
  private final Vae vae;
  private final Map<String, float[]> parameters;

  ModelChecks(Vae vae) {
    this(vae, ReferenceEngine.find());
  }

  ModelChecks(Vae vae, ReferenceEngine engine) {
    this.engine = engine;
    this.vae = vae;
    this.parameters = RandomArrays.parameters(vae.training(), SEED);
  }

  private float[] images(int batch) {
    return RandomArrays.uniform(batch * vae.image().size(), SEED + 1);
  }

  private float[] noise(int batch) {
    return RandomArrays.normal((long) batch * vae.latent(), SEED + 2);
  }

  private static float[] normal(int batch, Tensor input) {
    return RandomArrays.normal(batch * input.shape().size(), SEED + 3);
  }

  /** Examples of what networks are told, as many as the batch has. */
  private Map<Tensor, float[]> conditions(int batch) {
    Map<Tensor, float[]> told = new HashMap<>();
    for (Tensor value : vae.conditions()) {
      int size = Math.toIntExact(value.shape().size());
      float[] all = new float[batch * size];
      for (int i = 0; i < batch; i++) {
        System.arraycopy(condition(value).example(i), 0, all, i * size, size);
      }
      told.put(value, all);
    }
    return told;
  }

  private static Condition condition(Tensor value) {
    return ((Op.Given) value.op()).condition();
  }

  private float[] drawn(int batch) {
    return RandomArrays.normal((long) batch * vae.noiseSize(), SEED + 2);
  }

  /** Every parameter has a gradient of its own size, finite, and not zero all over. */
  void gradientsReachEveryParameter() {
    int batch = 4;
    // Not step 0, where a warm-up may hold a term at 0.
    Map<String, float[]> gradients =
        engine.gradients(vae, parameters, images(batch), drawn(batch), batch, 1_000);
    List<Parameter> expected = vae.training().parameters();
    assertEquals(expected.size(), gradients.size(), () -> "gradients of " + gradients.keySet());
    expected.forEach(parameter -> requireGradient(parameter, gradients.get(parameter.name())));
  }

  private static void requireGradient(Parameter parameter, float[] gradient) {
    String name = parameter.name();
    assertTrue(gradient != null, () -> name + " has no gradient");
    assertEquals(parameter.shape().size(), gradient.length, () -> name + ": size of its gradient");
    boolean moves = false;
    for (float value : gradient) {
      assertTrue(Float.isFinite(value), () -> name + ": its gradient holds " + value);
      moves |= value != 0;
    }
    assertTrue(moves, () -> name + ": its gradient is zero, so training would never change it");
  }

  /** What training computes as gradients is what automatic differentiation finds. */
  void gradientsAreThoseOfAutomaticDifferentiation() {
    int batch = 5;
    float[] x = images(batch);
    float[] noise = drawn(batch);
    Map<String, float[]> found = engine.gradients(vae, parameters, x, noise, batch, 1_000);
    Map<String, float[]> expected =
        engine.automaticGradients(vae, parameters, x, noise, batch, 1_000);
    assertEquals(expected.keySet(), found.keySet());
    double largest = expected.values().stream().mapToDouble(ModelChecks::largest).max().orElse(0);
    expected.forEach(
        (name, values) -> requireEqual(name, values, found.get(name), ROUNDING * largest));
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  // Where a norm makes large terms cancel, what is left of them holds their rounding.
  private static void requireEqual(String name, float[] expected, float[] found, double least) {
    assertEquals(expected.length, found.length, () -> name + ": size of its gradient");
    double largest = Math.max(least, largest(expected));
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      error = Math.max(error, Math.abs((double) expected[i] - found[i]));
    }
    double relative = error / Math.max(largest, Float.MIN_NORMAL);
    assertTrue(
        relative <= GRADIENT_TOLERANCE,
        () ->
            "%s: its gradient differs from automatic differentiation by %g of the largest, at most"
                    .formatted(name, relative)
                + " %g is expected".formatted(GRADIENT_TOLERANCE));
  }

  /** The objective of each example is a finite number. */
  void objectiveIsFinite() {
    int batch = 4;
    Map<Tensor, float[]> given = new HashMap<>();
    given.put(vae.x(), images(batch));
    given.putAll(conditions(batch));
    vae.noise().forEach(input -> given.put(input, normal(batch, input)));
    float[] objective =
        engine.compute(List.of(vae.objective()), parameters, given, batch, 0).get(0);
    assertEquals(batch, objective.length);
    for (float value : objective) {
      assertTrue(Float.isFinite(value), () -> "the objective is " + value);
    }
  }

  /** The exported files give what the engine gives, to the contract's tolerance. */
  void onnxEqualsTheEngine(Path folder) throws IOException {
    engine.export(vae, parameters, folder);
    try (VaeModel loaded = VaeModel.load(folder)) {
      for (int batch : BATCHES) {
        VaeModel model = told(loaded, batch);
        compareEncoder(model, batch);
        compareDecoder(model, batch);
        compareWhole(model, batch);
      }
    }
  }

  private VaeModel told(VaeModel loaded, int batch) {
    VaeModel model = loaded;
    for (Map.Entry<Tensor, float[]> each : conditions(batch).entrySet()) {
      model = model.with(condition(each.getKey()).name(), each.getValue());
    }
    return model;
  }

  private void compareEncoder(VaeModel model, int batch) {
    float[] x = images(batch);
    List<float[]> expected = compute(List.of(vae.mu(), vae.logvar()), Map.of(vae.x(), x), batch);
    Encoding found = model.encode(x);
    compare("encoder mu", batch, expected.get(0), found.mu());
    compare("encoder logvar", batch, expected.get(1), found.logvar());
  }

  private void compareDecoder(VaeModel model, int batch) {
    float[] z = noise(batch);
    List<float[]> expected = compute(List.of(vae.xHat()), Map.of(vae.z(), z), batch);
    compare("decoder x_hat", batch, expected.get(0), model.decode(z));
  }

  private void compareWhole(VaeModel model, int batch) {
    float[] x = images(batch);
    float[] eps = noise(batch);
    List<float[]> expected =
        compute(
            List.of(vae.xHat(), vae.mu(), vae.logvar(), vae.z()),
            Map.of(vae.x(), x, vae.eps(), eps),
            batch);
    Reconstruction found = model.reconstruct(x, eps);
    compare("vae x_hat", batch, expected.get(0), found.xHat());
    compare("vae mu", batch, expected.get(1), found.mu());
    compare("vae logvar", batch, expected.get(2), found.logvar());
    compare("vae z", batch, expected.get(3), found.z());
  }

  private List<float[]> compute(List<Tensor> outputs, Map<Tensor, float[]> given, int batch) {
    Map<Tensor, float[]> all = new HashMap<>(given);
    all.putAll(conditions(batch));
    return engine.compute(outputs, parameters, all, batch, 0);
  }

  private static void compare(String what, int batch, float[] expected, float[] found) {
    assertEquals(expected.length, found.length, () -> what + ": number of values");
    double magnitude = 1;
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) expected[i] - found[i]));
    }
    double largest = error;
    double allowed = TOLERANCE * magnitude;
    assertTrue(
        largest <= allowed,
        () ->
            "%s at batch %d: ONNX Runtime differs from the engine by %g, expected at most %g"
                .formatted(what, batch, largest, allowed));
  }
}
