package dev.elbow.cli.models;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Images of an array: {@code [N, C, H, W]}, {@code [N, H, W, C]}, or {@code [N, H, W]} for one
 * channel; bytes, or floats from 0 to 1.
 */
final class NpyImages implements ImageSource {
  private final Path file;
  private final ImageShape shape;
  private final float[] values;
  private final float scale;
  private final boolean channelsLast;

  private NpyImages(Path file, ImageShape shape, Npy array, boolean channelsLast) {
    this.file = file;
    this.shape = shape;
    this.values = array.values();
    this.scale = array.bytes() ? 255 : 1;
    this.channelsLast = channelsLast;
  }

  static NpyImages open(Path file, ImageShape shape) throws BrokenImageException {
    Npy array = Npy.read(file);
    int[] found = array.shape();
    int[] image = found.length < 2 ? new int[0] : Arrays.copyOfRange(found, 1, found.length);
    int[] first = {shape.channels(), shape.height(), shape.width()};
    int[] last = {shape.height(), shape.width(), shape.channels()};
    int[] flat = {shape.height(), shape.width()};
    boolean isFirst =
        Arrays.equals(image, first) || shape.channels() == 1 && Arrays.equals(image, flat);
    if (!isFirst && !Arrays.equals(image, last)) {
      throw new BrokenImageException(
          "has the shape %s, expected [images, %d, %d, %d]: the model expects %s"
              .formatted(Arrays.toString(found), first[0], first[1], first[2], shape));
    }
    return new NpyImages(file, shape, array, !isFirst);
  }

  @Override
  public int count() {
    return values.length / shape.size();
  }

  @Override
  public String name(int index) {
    return file + "#" + index;
  }

  @Override
  public Optional<String> label(int index) {
    return Optional.empty();
  }

  @Override
  public float[] read(int index) throws BrokenImageException {
    float[] image = new float[shape.size()];
    int area = shape.height() * shape.width();
    for (int i = 0; i < image.length; i++) {
      int place = channelsLast ? i % area * shape.channels() + i / area : i;
      float value = values[index * image.length + place] / scale;
      if (!(value >= 0 && value <= 1)) {
        throw new BrokenImageException(
            "has the value %s, expected floats from 0 to 1 or bytes".formatted(value * scale));
      }
      image[i] = value;
    }
    return image;
  }
}
