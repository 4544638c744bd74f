package dev.elbow.datasets;

/**
 * Grey images from one size to another, rows and columns apart: the mean over the area that a new
 * pixel covers where it shrinks, linear interpolation between pixel centres where it grows.
 */
final class Resampling {
  private final int height;
  private final int width;
  private final Axis rows;
  private final Axis columns;

  Resampling(int height, int width, int newHeight, int newWidth) {
    this.height = height;
    this.width = width;
    this.rows = Axis.of(height, newHeight);
    this.columns = Axis.of(width, newWidth);
  }

  /** The image in its new size; the argument itself where sizes are equal. */
  byte[] apply(byte[] image) {
    if (height == rows.size() && width == columns.size()) {
      return image;
    }
    return rounded(downRows(alongRows(image)));
  }

  /** {@code [height, new width]}. */
  private double[] alongRows(byte[] image) {
    double[] result = new double[height * columns.size()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < columns.size(); x++) {
        double sum = 0;
        for (int k = 0; k < columns.weights()[x].length; k++) {
          sum += columns.weights()[x][k] * (image[y * width + columns.first()[x] + k] & 0xff);
        }
        result[y * columns.size() + x] = sum;
      }
    }
    return result;
  }

  /** {@code [new height, new width]}. */
  private double[] downRows(double[] image) {
    int newWidth = columns.size();
    double[] result = new double[rows.size() * newWidth];
    for (int y = 0; y < rows.size(); y++) {
      for (int k = 0; k < rows.weights()[y].length; k++) {
        int from = (rows.first()[y] + k) * newWidth;
        double weight = rows.weights()[y][k];
        for (int x = 0; x < newWidth; x++) {
          result[y * newWidth + x] += weight * image[from + x];
        }
      }
    }
    return result;
  }

  private static byte[] rounded(double[] image) {
    byte[] result = new byte[image.length];
    for (int i = 0; i < image.length; i++) {
      result[i] = (byte) Math.max(0, Math.min(255, Math.round(image[i])));
    }
    return result;
  }

  /**
   * Which old pixels each new one is made of, along one direction.
   *
   * @param first the first old pixel of each new one
   * @param weights of that and of those behind it, 1 together
   */
  private record Axis(int[] first, double[][] weights) {
    static Axis of(int size, int newSize) {
      Axis axis = new Axis(new int[newSize], new double[newSize][]);
      for (int i = 0; i < newSize; i++) {
        if (newSize > size) {
          axis.interpolate(i, size, newSize);
        } else {
          axis.average(i, size, newSize);
        }
      }
      return axis;
    }

    int size() {
      return first.length;
    }

    private void interpolate(int i, int size, int newSize) {
      double centre = (i + 0.5) * size / newSize - 0.5;
      double clamped = Math.max(0, Math.min(size - 1, centre));
      first[i] = (int) Math.min(clamped, Math.max(0, size - 2));
      double share = clamped - first[i];
      weights[i] = size == 1 ? new double[] {1} : new double[] {1 - share, share};
    }

    // In integers, so that no old pixel is met by a rounding error: new pixel i covers
    // [i * size, (i + 1) * size) where an old one is newSize wide.
    private void average(int i, int size, int newSize) {
      long from = (long) i * size;
      long to = from + size;
      first[i] = (int) (from / newSize);
      int last = (int) ((to - 1) / newSize);
      weights[i] = new double[last - first[i] + 1];
      for (int j = first[i]; j <= last; j++) {
        long covered = Math.min(to, (j + 1L) * newSize) - Math.max(from, (long) j * newSize);
        weights[i][j - first[i]] = (double) covered / size;
      }
    }
  }
}
