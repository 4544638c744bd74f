package dev.elbow.inference;

import java.util.Arrays;

/**
 * The rows of pixels of a sheet, filtered and compressed while each pixel of an image is still one:
 * enlarged, a pixel is its difference to the one before and then zeros, and a line repeats. For one
 * sheet and one thread.
 */
final class SheetLines {
  private final RowDeflater deflater;
  private final int channels;
  private final int tileBytes;
  private final int scale;
  private byte[] last = {};

  /**
   * @param width in pixels, of the picture
   * @param height in pixels, of the picture
   * @param channels of the picture
   * @param tileWidth pixels of an image in a line, before they are enlarged
   * @param scale how wide each of them becomes
   */
  SheetLines(int width, int height, int channels, int tileWidth, int scale) {
    this.deflater = new RowDeflater(width * channels + 1, height);
    this.channels = channels;
    this.tileBytes = tileWidth * channels;
    this.scale = scale;
  }

  /**
   * Adds {@code times} equal rows.
   *
   * @param line pixels of one image after the other, not changed any more
   */
  void add(byte[] line, int times) {
    int repeated = times;
    if (!Arrays.equals(line, last)) {
      addRow(line);
      repeated--;
    }
    for (int i = 0; i < repeated; i++) {
      deflater.repeat();
    }
    last = line;
  }

  private void addRow(byte[] line) {
    deflater.beginRow();
    deflater.put(Png.FILTER_SUB);
    addWhite(new byte[channels], 0, ImageSheet.MARGIN);
    for (int from = 0; from < line.length; from += tileBytes) {
      int end = from + tileBytes;
      addImage(line, from, end);
      addWhite(line, end - channels, end < line.length ? ImageSheet.GAP : ImageSheet.MARGIN);
    }
    deflater.endRow();
  }

  private void addWhite(byte[] before, int at, int pixels) {
    for (int channel = 0; channel < channels; channel++) {
      deflater.put(ImageSheet.WHITE - before[at + channel] & 0xff);
    }
    deflater.putZeros((pixels - 1) * channels);
  }

  private void addImage(byte[] line, int from, int end) {
    int zeros = (scale - 1) * channels;
    for (int at = from; at < end; at += channels) {
      for (int channel = at; channel < at + channels; channel++) {
        int before = at == from ? ImageSheet.WHITE : line[channel - channels];
        deflater.put(line[channel] - before & 0xff);
      }
      deflater.putZeros(zeros);
    }
  }

  /** All rows, filtered and compressed; none may be added any more. */
  byte[] finish() {
    return deflater.finish();
  }
}
