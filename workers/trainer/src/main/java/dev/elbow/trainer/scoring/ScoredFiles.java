package dev.elbow.trainer.scoring;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredPart;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.PixelLoss;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.data.ScoredData;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** A model as its exported files have it, before all images of its data. */
final class ScoredFiles {
  /** What is computed at once, whatever the number of threads: figures depend on it. */
  private static final int BLOCK = 256;

  private final VaeModel model;
  private final ScoredData data;
  private final int threads;
  private final DoubleConsumer progress;
  private final Optional<PixelLoss> loss;

  ScoredFiles(VaeModel model, ScoredData data, int threads, DoubleConsumer progress) {
    this.model = model;
    this.data = data;
    this.threads = threads;
    this.progress = progress;
    this.loss = PixelLoss.ofLikelihood(model.metadata());
  }

  ScoredOnImages on(ScoredPart part, DatasetChoice choice, int most) {
    return new ScoredOnImages(
        this, data.images(), data.numbers(part, choice, most), data.heldOut(part, choice, most));
  }

  /** The same at a weight of the KL term; as the model was loaded where none is given. */
  ScoredFiles at(OptionalDouble beta) {
    return beta.isEmpty()
        ? this
        : new ScoredFiles(model.withBeta(beta.getAsDouble()), data, threads, progress);
  }

  void reaches(double share) {
    progress.accept(share);
  }

  Codes codes(int[] numbers) {
    int latent = model.latent();
    float[] mu = new float[Math.multiplyExact(numbers.length, latent)];
    float[] logvar = new float[mu.length];
    eachBlock(
        numbers.length,
        first -> {
          int[] block = block(numbers, first);
          Encoding encoding = data.told(model, block).encode(data.pixels(block));
          System.arraycopy(encoding.mu(), 0, mu, first * latent, encoding.mu().length);
          System.arraycopy(encoding.logvar(), 0, logvar, first * latent, encoding.logvar().length);
        });
    return new Codes(latent, mu, logvar);
  }

  double[] logLikelihoods(int[] images, float[] z) {
    if (z.length != images.length * model.latent()) {
      throw new IllegalArgumentException(
          "%d codes of %d values need %d, got %d"
              .formatted(images.length, model.latent(), images.length * model.latent(), z.length));
    }
    double[] densities = new double[images.length];
    eachBlock(images.length, first -> logLikelihoods(images, z, first, densities));
    return densities;
  }

  private void logLikelihoods(int[] images, float[] z, int first, double[] densities) {
    int[] block = block(images, first);
    int size = model.imageSize();
    PixelLoss known = loss.orElseThrow(this::unknownLikelihood);
    float[] means =
        data.told(model, block)
            .decode(
                Arrays.copyOfRange(
                    z, first * model.latent(), (first + block.length) * model.latent()));
    float[] x = new float[0];
    for (int i = 0; i < block.length; i++) {
      // Mostly one image has many codes.
      x = i > 0 && block[i] == block[i - 1] ? x : data.pixels(block[i]);
      densities[first + i] = -known.of(x, 0, means, i * size, size);
    }
  }

  private IllegalStateException unknownLikelihood() {
    return new IllegalStateException(
        "likelihood '%s' cannot be computed from the mean image, which is what a decoder gives"
            .formatted(model.metadata().get("likelihood")));
  }

  private static int[] block(int[] numbers, int first) {
    return Arrays.copyOfRange(numbers, first, Math.min(numbers.length, first + BLOCK));
  }

  private void eachBlock(int count, IntConsumer work) {
    IntStream blocks = IntStream.range(0, (count + BLOCK - 1) / BLOCK).map(block -> block * BLOCK);
    (threads > 1 ? blocks.parallel() : blocks).forEach(work);
  }
}
