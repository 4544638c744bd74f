package dev.elbow.trainer.pictures;

import java.util.Arrays;

/**
 * Images of one size in rows and columns on white, each pixel drawn as a square, with a thin gap
 * between images and a margin around all. Images of one channel are grey, of three RGB; of any
 * other number the first channel is shown.
 */
final class Sheet {
  // What small images are enlarged to, about.
  private static final int TILE_PIXELS = 96;
  private static final int LARGEST_SCALE = 8;
  private static final int GAP = 2;
  private static final int MARGIN = 8;
  private static final byte WHITE = (byte) 255;

  private final int channels;
  private final int height;
  private final int width;
  private final int rowsPerBand;
  private final int bandGap;
  private final int scale;
  private final int shown;
  private final int pictureWidth;
  private final int pictureHeight;
  private final byte[] pixels;

  /**
   * An empty sheet.
   *
   * @param rowsPerBand rows that belong together: a wider gap follows them
   */
  Sheet(int channels, int height, int width, int rows, int columns, int rowsPerBand) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.rowsPerBand = rowsPerBand;
    this.bandGap = rowsPerBand > 1 ? 3 * GAP : 0;
    this.scale =
        Math.max(
            1, Math.min(LARGEST_SCALE, Math.round((float) TILE_PIXELS / Math.max(height, width))));
    this.shown = channels == 3 ? 3 : 1;
    this.pictureWidth = 2 * MARGIN + columns * (width * scale + GAP) - GAP;
    this.pictureHeight = top(rows - 1) + height * scale + MARGIN;
    this.pixels = new byte[pictureWidth * pictureHeight * shown];
    Arrays.fill(pixels, WHITE);
  }

  /** Draws image number {@code index} of {@code images}, values in [0, 1]; others are clipped. */
  void draw(int row, int column, float[] images, int index) {
    int left = MARGIN + column * (width * scale + GAP);
    for (int y = 0; y < height; y++) {
      int at = ((top(row) + y * scale) * pictureWidth + left) * shown;
      drawRow(at, images, (index * channels * height + y) * width);
      for (int copy = 1; copy < scale; copy++) {
        System.arraycopy(
            pixels, at, pixels, at + copy * pictureWidth * shown, width * scale * shown);
      }
    }
  }

  /** Draws one row of pixels; {@code first} is the place of its first value in {@code images}. */
  private void drawRow(int at, float[] images, int first) {
    int to = at;
    for (int x = 0; x < width * scale; x++) {
      for (int channel = 0; channel < shown; channel++) {
        pixels[to++] = grey(images[first + channel * height * width + x / scale]);
      }
    }
  }

  byte[] png() {
    return Png.encode(pixels, pictureWidth, pictureHeight, shown);
  }

  private int top(int row) {
    return MARGIN + row * (height * scale + GAP) + row / rowsPerBand * bandGap;
  }

  private static byte grey(float value) {
    return (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
  }
}
