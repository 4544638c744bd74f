package dev.elbow.inference;

import java.util.Arrays;

/**
 * Images of one size in rows and columns on white, with a thin gap between images and a margin
 * around all. Small images are enlarged, each pixel to a square; of large ones only every n-th
 * pixel is drawn. Images of one channel are grey, of three RGB; of any other number the first
 * channel is shown. Equal images give equal files. For one thread at a time.
 *
 * @see VaeModel#sheet
 */
public final class ImageSheet {
  // What small images are enlarged to, about.
  private static final int TILE_PIXELS = 64;
  private static final int LARGEST_SCALE = 8;
  // Bounds the memory of a sheet, whatever the images.
  private static final int LARGEST_TILE_PIXELS = 256;
  static final int GAP = 2;
  static final int MARGIN = 8;
  static final int WHITE = 255;

  private final int channels;
  private final int height;
  private final int width;
  private final int rows;
  private final int columns;
  private final int rowsPerBand;
  private final int bandGap;
  private final int tileHeight;
  private final int tileWidth;
  private final int shown;
  private final int pictureWidth;
  private final int pictureHeight;
  // Before they are enlarged, so that a pixel is looked at once: lines of all images of a row.
  private final int drawnHeight;
  private final int drawnWidth;
  private final byte[] drawn;

  /**
   * An empty sheet.
   *
   * @param rowsPerBand rows that belong together: a wider gap follows them
   */
  ImageSheet(int channels, int height, int width, int rows, int columns, int rowsPerBand) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.rows = rows;
    this.columns = columns;
    this.rowsPerBand = rowsPerBand;
    this.bandGap = rowsPerBand > 1 ? 3 * GAP : 0;
    this.tileHeight = tilePixels(height, Math.max(height, width));
    this.tileWidth = tilePixels(width, Math.max(height, width));
    this.shown = channels == 3 ? 3 : 1;
    this.pictureWidth = 2 * MARGIN + columns * (tileWidth + GAP) - GAP;
    this.pictureHeight = top(rows - 1) + tileHeight + MARGIN;
    this.drawnHeight = Math.min(height, tileHeight);
    this.drawnWidth = Math.min(width, tileWidth);
    this.drawn = new byte[rows * drawnHeight * lineBytes()];
    Arrays.fill(drawn, (byte) WHITE);
  }

  private static int tilePixels(int pixels, int longerSide) {
    int reduction = (longerSide + LARGEST_TILE_PIXELS - 1) / LARGEST_TILE_PIXELS;
    int scale = Math.round((float) TILE_PIXELS / longerSide);
    return reduction > 1
        ? Math.max(1, pixels / reduction)
        : pixels * Math.max(1, Math.min(LARGEST_SCALE, scale));
  }

  /**
   * Draws one of several images.
   *
   * @param images one after the other, {@code [channels, height, width]} in row-major order; values
   *     in [0, 1], others are clipped
   * @param index of the one that is drawn, from 0
   */
  public void draw(int row, int column, float[] images, int index) {
    for (int y = 0; y < drawnHeight; y++) {
      int source = y * height / drawnHeight;
      int to = (row * drawnHeight + y) * lineBytes() + column * drawnWidth * shown;
      drawLine(to, images, (index * channels * height + source) * width);
    }
  }

  /** Draws one line of pixels; {@code first} is the place of its first value in {@code images}. */
  private void drawLine(int to, float[] images, int first) {
    for (int channel = 0; channel < shown; channel++) {
      int line = first + channel * height * width;
      for (int x = 0; x < drawnWidth; x++) {
        drawn[to + x * shown + channel] = grey(images[line + x * width / drawnWidth]);
      }
    }
  }

  private int lineBytes() {
    return columns * drawnWidth * shown;
  }

  /** The file of what was drawn, 8 bits a channel. */
  public byte[] png() {
    SheetLines lines =
        new SheetLines(pictureWidth, pictureHeight, shown, drawnWidth, tileWidth / drawnWidth);
    byte[] white = new byte[lineBytes()];
    Arrays.fill(white, (byte) WHITE);
    lines.add(white, MARGIN);
    for (int row = 0; row < rows; row++) {
      addRow(row, lines);
      lines.add(white, row == rows - 1 ? MARGIN : top(row + 1) - top(row) - tileHeight);
    }
    return Png.file(lines.finish(), pictureWidth, pictureHeight, shown);
  }

  private void addRow(int row, SheetLines lines) {
    for (int line = row * drawnHeight; line < (row + 1) * drawnHeight; line++) {
      byte[] values = Arrays.copyOfRange(drawn, line * lineBytes(), (line + 1) * lineBytes());
      lines.add(values, tileHeight / drawnHeight);
    }
  }

  /**
   * The images of a sheet with as many rows in a band, to 8 bits a value, by row and column; white
   * where none was drawn.
   *
   * @param png the file of the sheet
   * @throws ModelException if it is no sheet of such images, or one that does not show all of them:
   *     of more than 256 pixels a side, or of 2 or more than 3 channels
   */
  static float[][][] images(byte[] png, int channels, int height, int width, int rowsPerBand)
      throws ModelException {
    Png.Pixels picture = Png.decode(png);
    ImageSheet tile = new ImageSheet(channels, height, width, 1, 1, rowsPerBand);
    boolean whole = tile.shown == channels && tile.tileHeight >= height && tile.tileWidth >= width;
    int columns = (picture.width() - 2 * MARGIN + GAP) / (tile.tileWidth + GAP);
    int rows = tile.rows(picture.height());
    if (!whole || columns < 1 || rows < 1) {
      throw new ModelException(
          "the picture does not show all of images of [%d, %d, %d]"
              .formatted(channels, height, width));
    }
    ImageSheet sheet = new ImageSheet(channels, height, width, rows, columns, rowsPerBand);
    boolean fits =
        sheet.pictureWidth == picture.width()
            && sheet.pictureHeight == picture.height()
            && sheet.shown == picture.channels();
    if (!fits) {
      throw new ModelException(
          "the picture has %d x %d pixels, which is no sheet of images of [%d, %d, %d]"
              .formatted(picture.width(), picture.height(), channels, height, width));
    }
    return sheet.images(picture.values(), rows, columns);
  }

  /** How many rows fit a picture of this height; 0 if it is too low for one. */
  private int rows(int pictureHeight) {
    int rows = 0;
    while (top(rows) + tileHeight + MARGIN <= pictureHeight) {
      rows++;
    }
    return rows;
  }

  private float[][][] images(byte[] picture, int rows, int columns) {
    float[][][] images = new float[rows][columns][];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        images[row][column] = image(picture, row, column);
      }
    }
    return images;
  }

  /** What {@link #draw} drew there: of each square the first pixel. */
  private float[] image(byte[] picture, int row, int column) {
    float[] image = new float[channels * height * width];
    int left = MARGIN + column * (tileWidth + GAP);
    for (int i = 0; i < image.length; i++) {
      int y = top(row) + i / width % height * (tileHeight / height);
      int x = left + i % width * (tileWidth / width);
      int channel = i / (width * height);
      image[i] = (picture[(y * pictureWidth + x) * shown + channel] & 0xff) / 255f;
    }
    return image;
  }

  private int top(int row) {
    return MARGIN + row * (tileHeight + GAP) + row / rowsPerBand * bandGap;
  }

  /** The nearest of 256 steps, halves up; what is no number is black. */
  // Plain comparisons, because Java's own of floats tell -0 from 0 and that takes longer than all
  // the rest; a half added in double is exact, as in Math.round.
  static byte grey(float value) {
    float clipped = value > 0 ? value < 1 ? value : 1 : 0;
    return (byte) (255 * clipped + 0.5);
  }
}
