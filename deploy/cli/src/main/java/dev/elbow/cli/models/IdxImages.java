package dev.elbow.cli.models;

import dev.elbow.api.data.DatasetException;
import dev.elbow.datasets.IdxFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Grey images of an IDX file, as MNIST has them. Where a file of labels stands beside it under the
 * usual name, it is read too.
 */
final class IdxImages implements ImageSource {
  private final Path file;
  private final int size;
  private final byte[] pixels;
  private final Optional<byte[]> labels;

  private IdxImages(Path file, int size, byte[] pixels, Optional<byte[]> labels) {
    this.file = file;
    this.size = size;
    this.pixels = pixels;
    this.labels = labels;
  }

  static IdxImages open(Path file, ImageShape shape) throws DatasetException, BrokenImageException {
    IdxFile images = IdxFile.open(file.toString(), file, 3);
    int[] found = images.dimensions();
    boolean same = found[1] == shape.height() && found[2] == shape.width();
    boolean fits = same || shape.resized() && shape.height() == shape.width();
    if (!fits || shape.channels() != 1) {
      throw new BrokenImageException(
          "has grey images of %d x %d, the model expects %s".formatted(found[1], found[2], shape));
    }
    byte[] pixels = images.images(same ? 0 : shape.height());
    return new IdxImages(file, shape.size(), pixels, labels(file, found[0]));
  }

  private static Optional<byte[]> labels(Path images, int count)
      throws DatasetException, BrokenImageException {
    String plain = images.getFileName().toString().replaceFirst("\\.gz$", "");
    String name = plain.replace("images-idx3", "labels-idx1");
    if (name.equals(plain)) {
      return Optional.empty();
    }
    for (String ending : new String[] {"", ".gz"}) {
      Path file = images.resolveSibling(name + ending);
      if (Files.isRegularFile(file)) {
        return Optional.of(labels(file, images, count));
      }
    }
    return Optional.empty();
  }

  private static byte[] labels(Path file, Path images, int count)
      throws DatasetException, BrokenImageException {
    byte[] labels = IdxFile.open(file.toString(), file, 1).read();
    if (labels.length != count) {
      throw new BrokenImageException(
          "has %d images, and %s beside it has %d labels".formatted(count, file, labels.length));
    }
    return labels;
  }

  @Override
  public int count() {
    return pixels.length / size;
  }

  @Override
  public String name(int index) {
    return file + "#" + index;
  }

  @Override
  public Optional<String> label(int index) {
    return labels.map(known -> String.valueOf(known[index] & 0xff));
  }

  @Override
  public float[] read(int index) {
    return Picture.values(Arrays.copyOfRange(pixels, index * size, (index + 1) * size));
  }
}
