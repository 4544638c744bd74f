package dev.elbow.testkit;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Factor;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model of which the codes are given, on images of which the factors are given. All variances of
 * the posteriors are 1, and the images themselves are black.
 *
 * @param factors of the data
 * @param indices of each image, an entry for each factor
 * @param means of each image
 */
public record KnownCodes(List<Factor> factors, int[][] indices, float[][] means)
    implements ScoredModel, Images {

  @Override
  public Images images() {
    return this;
  }

  @Override
  public int[] numbers() {
    return IntStream.range(0, indices.length).toArray();
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
  public DatasetDescription description() {
    return new DatasetDescription(
        Shape.of(1, 1, 1),
        PixelFormat.UINT8,
        indices.length - 1,
        1,
        Targets.GREY,
        List.of(),
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
    return -1;
  }

  @Override
  public int factor(int image, int factor) {
    return indices[image][factor];
  }
}
