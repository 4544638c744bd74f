package dev.elbow.trainer.data;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.trainer.random.StreamKey;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * Images of 0 and 1 that stand for grey ones wherever a trial is evaluated: drawn once, keyed by
 * the data, equal for all trials.
 */
final class BinarisedImages implements Images {
  private final Images original;
  private final IntFunction<float[]> grey;
  private final StreamKey.Numbered draws;

  /**
   * @param grey the values of an image
   */
  BinarisedImages(Images original, IntFunction<float[]> grey, String sha256) {
    this.original = original;
    this.grey = grey;
    this.draws = StreamKey.ofData(sha256, "binarisation").numbered();
  }

  @Override
  public DatasetDescription description() {
    DatasetDescription is = original.description();
    return new DatasetDescription(
        is.image(),
        PixelFormat.BITS,
        is.trainImages(),
        is.testImages(),
        is.targets(),
        is.labels(),
        is.factors());
  }

  @Override
  public void read(int first, int count, ByteBuffer target) {
    for (int image = first; image < first + count; image++) {
      target.put(packed(draw(image)));
    }
  }

  private byte[] draw(int image) {
    float[] values = grey.apply(image);
    return Binarisation.draw(draws.stream(image), values, values.length);
  }

  private static byte[] packed(byte[] pixels) {
    byte[] packed = new byte[(pixels.length + 7) / 8];
    for (int i = 0; i < pixels.length; i++) {
      packed[i / 8] |= (byte) (pixels[i] << (7 - i % 8));
    }
    return packed;
  }

  @Override
  public int[] train() {
    return original.train();
  }

  @Override
  public int[] test() {
    return original.test();
  }

  @Override
  public int label(int image) {
    return original.label(image);
  }

  @Override
  public int factor(int image, int factor) {
    return original.factor(image, factor);
  }
}
