package dev.elbow.testkit;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Factor;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Shape;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.api.score.ScoredModel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model of which the codes are given, on images of which the factors are given. All variances of
 * the posteriors are 1. The images are one black pixel each, which the model thinks to be as bright
 * as the code's first value, with a deviation of 1.
 *
 * @param factors of the data
 * @param indices of each image, an entry for each factor
 * @param means of each image
 * @param foreign how many of the images, the last ones, are of a class that was left out
 */
public record KnownCodes(List<Factor> factors, int[][] indices, float[][] means, int foreign)
    implements ScoredModel, Images {
  private static final List<String> LABELS = List.of("known", "foreign");

  /** Without images of a class that was left out. */
  public KnownCodes(List<Factor> factors, int[][] indices, float[][] means) {
    this(factors, indices, means, 0);
  }

  @Override
  public Images images() {
    return this;
  }

  @Override
  public int[] numbers() {
    return IntStream.range(0, indices.length - foreign).toArray();
  }

  @Override
  public int[] heldOut() {
    return IntStream.range(indices.length - foreign, indices.length).toArray();
  }

  @Override
  public Codes codes() {
    return codes(numbers());
  }

  @Override
  public Codes codes(int... images) {
    int latent = means[0].length;
    float[] mu = new float[images.length * latent];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(means[images[i]], 0, mu, i * latent, latent);
    }
    return new Codes(latent, mu, new float[mu.length]);
  }

  @Override
  public double[] logLikelihoods(int[] images, float[] z) {
    int latent = means[0].length;
    return IntStream.range(0, images.length)
        .mapToDouble(i -> -0.5 * (z[i * latent] * z[i * latent] + Math.log(2 * Math.PI)))
        .toArray();
  }

  @Override
  public void reaches(double share) {
    // Nobody waits for it.
  }

  /** What is known of such models before they are trained. */
  public ScoreSubject subject() {
    List<String> without = foreign > 0 ? List.of(LABELS.get(1)) : List.of();
    return new ScoreSubject(description(), without, Likelihood.gaussian(1));
  }

  @Override
  public DatasetDescription description() {
    return new DatasetDescription(
        Shape.of(1, 1, 1),
        PixelFormat.UINT8,
        indices.length - 1,
        1,
        Targets.GREY,
        foreign > 0 ? LABELS : List.of(),
        factors);
  }

  @Override
  public void read(int first, int count, ByteBuffer target) {
    target.put(new byte[count]);
  }

  @Override
  public int[] train() {
    return IntStream.range(0, indices.length - 1).toArray();
  }

  @Override
  public int[] test() {
    return new int[] {indices.length - 1};
  }

  @Override
  public int label(int image) {
    return foreign == 0 ? -1 : image < indices.length - foreign ? 0 : 1;
  }

  @Override
  public int factor(int image, int factor) {
    return indices[image][factor];
  }
}
