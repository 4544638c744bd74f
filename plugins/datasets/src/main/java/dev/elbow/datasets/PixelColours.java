package dev.elbow.datasets;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;

/** Makes red, green and blue from 0 to 255 of stored samples; what is transparent lies on white. */
sealed interface PixelColours {
  /**
   * @param samples of which those of the pixel begin at {@code first}
   * @param pixel three values, overwritten
   */
  void read(int[] samples, int first, int[] pixel);

  static PixelColours of(ColorModel model) {
    return model instanceof IndexColorModel palette
        ? new Palette(palette)
        : new Samples(
            (1 << model.getComponentSize(0)) - 1,
            model.getNumColorComponents() == 1 ? 0 : 1,
            model.hasAlpha() ? model.getNumColorComponents() : -1);
  }

  private static int onWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }

  /** Numbers of colours. */
  record Palette(IndexColorModel colours) implements PixelColours {
    @Override
    public void read(int[] samples, int first, int[] pixel) {
      int number = samples[first];
      int alpha = colours.getAlpha(number);
      pixel[0] = onWhite(colours.getRed(number), alpha);
      pixel[1] = onWhite(colours.getGreen(number), alpha);
      pixel[2] = onWhite(colours.getBlue(number), alpha);
    }
  }

  /**
   * A sample for each channel.
   *
   * @param highest value of a sample
   * @param step from one colour's sample to the next: 0 for grey
   * @param alpha where that sample is; −1 for none
   */
  record Samples(int highest, int step, int alpha) implements PixelColours {
    @Override
    public void read(int[] samples, int first, int[] pixel) {
      int opaque = alpha < 0 ? 255 : eightBit(samples[first + alpha]);
      for (int colour = 0; colour < 3; colour++) {
        pixel[colour] = onWhite(eightBit(samples[first + colour * step]), opaque);
      }
    }

    private int eightBit(int sample) {
      return (sample * 255 + highest / 2) / highest;
    }
  }
}
