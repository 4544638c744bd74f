package dev.elbow.trainer.onnx;

import dev.elbow.api.FailureKind;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Tensor;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.Reconstruction;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.engine.ConditionValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Runs exported files in ONNX Runtime beside the engine that trained them, on real images. Equal
 * means: within {@link #TOLERANCE} × max(1, largest magnitude of that output). Belongs to one
 * thread.
 */
public final class OnnxVerifier {
  /** Largest difference to the engine for outputs whose values are not above 1. */
  public static final double TOLERANCE = 1e-4;

  // 17 is no multiple of any vector width, and 1 takes other kernels than batches do.
  private static final List<Integer> BATCHES = List.of(1, 2, 17);
  private static final long NOISE_SEED = 20131220;

  private final Vae vae;
  private final TrainedModel trained;
  private final List<String> problems = new ArrayList<>();
  private double largest;

  public OnnxVerifier(Vae vae, TrainedModel trained) {
    this.vae = vae;
    this.trained = trained;
  }

  /**
   * Compares every output of every file, at batch 1, 2 and 17.
   *
   * @param images test images as the encoder sees them, at least one; where there are fewer than
   *     17, larger batches repeat them
   * @return the largest difference
   * @throws ExportException of kind {@link FailureKind#ONNX_MISMATCH}, with all figures, if one
   *     output differs by more than is allowed
   */
  public double largestError(VaeModel exported, float[] images) throws ExportException {
    problems.clear();
    largest = 0;
    BATCHES.forEach(
        batch -> compare(exported, repeated(images, batch * exported.imageSize()), batch));
    if (!problems.isEmpty()) {
      throw new ExportException(FailureKind.ONNX_MISMATCH, String.join("; ", problems));
    }
    return largest;
  }

  private static float[] repeated(float[] images, int size) {
    float[] batch = Arrays.copyOf(images, size);
    for (int from = images.length; from < size; from += images.length) {
      System.arraycopy(images, 0, batch, from, Math.min(images.length, size - from));
    }
    return batch;
  }

  private void compare(VaeModel model, float[] x, int batch) {
    float[] eps = noise(batch * vae.latent());
    float[] conditions = ConditionValues.examples(vae, batch);
    VaeModel exported = ToldModel.of(model, vae, conditions);
    List<Tensor> outputs = List.of(vae.xHat(), vae.mu(), vae.logvar(), vae.z());
    Map<Tensor, float[]> given = ConditionValues.apart(vae, conditions);
    given.put(vae.x(), x);
    given.put(vae.eps(), eps);
    List<float[]> expected = trained.compute(outputs, given, batch);
    float[] z = expected.get(3);

    Encoding encoding = exported.encode(x);
    check("encoder.onnx mu", batch, expected.get(1), encoding.mu());
    check("encoder.onnx logvar", batch, expected.get(2), encoding.logvar());
    check("decoder.onnx x_hat", batch, expected.get(0), exported.decode(z));
    Reconstruction whole = exported.reconstruct(x, eps);
    check("vae.onnx x_hat", batch, expected.get(0), whole.xHat());
    check("vae.onnx mu", batch, expected.get(1), whole.mu());
    check("vae.onnx logvar", batch, expected.get(2), whole.logvar());
    check("vae.onnx z", batch, z, whole.z());
  }

  private void check(String output, int batch, float[] expected, float[] found) {
    double magnitude = 1;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - found[i]));
    }
    double allowed = TOLERANCE * magnitude;
    largest = Math.max(largest, difference);
    // Not a number is never below anything.
    if (!(difference <= allowed)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s at batch %d differs by %.2e from the trained model, allowed %.2e",
              output,
              batch,
              difference,
              allowed));
    }
  }

  private static float[] noise(int size) {
    Random random = new Random(NOISE_SEED);
    float[] eps = new float[size];
    for (int i = 0; i < size; i++) {
      eps[i] = (float) random.nextGaussian();
    }
    return eps;
  }
}
