package dev.elbow.trainer.data;

import dev.elbow.trainer.random.RandomStream;

/** Draws pixels that are 0 or 1 (Salakhutdinov and Murray 2008, section 5). */
public final class Binarisation {
  private Binarisation() {}

  /**
   * Sets each pixel to 1 with its grey value as probability, to 0 otherwise. Images of {@code size}
   * pixels take {@link #drawsPerImage} draws each, so that it does not matter how many are drawn in
   * one call.
   *
   * @param grey whole images, each value in [0, 1]
   * @return a new array
   */
  public static byte[] draw(RandomStream stream, float[] grey, int size) {
    byte[] pixels = new byte[grey.length];
    for (int image = 0; image < grey.length; image += size) {
      draw(stream, grey, image, image + size, pixels);
    }
    return pixels;
  }

  /** How many draws of 64 bits one image takes: two pixels share one. */
  public static int drawsPerImage(int size) {
    return (size + 1) / 2;
  }

  private static void draw(RandomStream stream, float[] grey, int from, int to, byte[] pixels) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits = (i - from) % 2 == 0 ? stream.nextLong() : bits << 32;
      pixels[i] = (byte) ((bits >>> 32) < (long) (grey[i] * 0x1p32) ? 1 : 0);
    }
  }
}
