package dev.elbow.cli.models;

import dev.elbow.inference.Codes;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.Reconstruction;
import dev.elbow.inference.VaeModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a model in another format beside the one that it was made of, in ONNX Runtime. */
final class FormatCheck {
  // 17 is no multiple of any vector width, and 1 takes other kernels than batches do.
  private static final int[] BATCHES = {1, 2, 17};

  /** How many images it needs. */
  static final int IMAGES = 17;

  private static final long NOISE_SEED = 20131220;

  private final VaeModel exact;
  private final VaeModel formatted;
  private final Map<String, Difference> outputs = new LinkedHashMap<>();

  FormatCheck(VaeModel exact, VaeModel formatted) {
    this.exact = exact;
    this.formatted = formatted;
  }

  /**
   * How far an output is off, relative to the larger of 1 and its largest magnitude.
   *
   * @param largest of all values
   * @param mean of all values
   */
  record Difference(double largest, double mean) {
    static Difference of(float[] expected, float[] found) {
      double magnitude = 1;
      double largest = 0;
      double sum = 0;
      for (int i = 0; i < expected.length; i++) {
        double one = Math.abs((double) expected[i] - found[i]);
        magnitude = Math.max(magnitude, Math.abs(expected[i]));
        // What is not a number is as far off as can be.
        largest = one <= largest ? largest : Double.isNaN(one) ? Double.POSITIVE_INFINITY : one;
        sum += one;
      }
      return new Difference(largest / magnitude, sum / magnitude / expected.length);
    }

    Difference worse(Difference other) {
      return new Difference(Math.max(largest, other.largest), Math.max(mean, other.mean));
    }
  }

  /**
   * Compares all outputs of all files, at batches of 1, 2 and 17.
   *
   * @param images {@link #IMAGES} of them
   * @return by file and output
   */
  Map<String, Difference> differences(float[] images) {
    for (int batch : BATCHES) {
      compare(Arrays.copyOf(images, batch * exact.imageSize()), batch);
    }
    return outputs;
  }

  private void compare(float[] x, int batch) {
    float[] eps = Codes.normal(NOISE_SEED, batch * exact.latent(), 1);
    Reconstruction whole = exact.reconstruct(x, eps);
    Reconstruction found = formatted.reconstruct(x, eps);
    Encoding encoding = formatted.encode(x);
    note("encoder.onnx mu", whole.mu(), encoding.mu());
    note("encoder.onnx logvar", whole.logvar(), encoding.logvar());
    note("decoder.onnx x_hat", whole.xHat(), formatted.decode(whole.z()));
    List<float[]> expected = List.of(whole.xHat(), whole.mu(), whole.logvar(), whole.z());
    List<float[]> results = List.of(found.xHat(), found.mu(), found.logvar(), found.z());
    List<String> names = new ArrayList<>(List.of("x_hat", "mu", "logvar", "z"));
    for (int i = 0; i < names.size(); i++) {
      note("vae.onnx " + names.get(i), expected.get(i), results.get(i));
    }
  }

  private void note(String output, float[] expected, float[] found) {
    outputs.merge(output, Difference.of(expected, found), Difference::worse);
  }
}
