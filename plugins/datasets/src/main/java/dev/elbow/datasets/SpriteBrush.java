package dev.elbow.datasets;

import dev.elbow.api.data.Factor;
import java.util.Arrays;
import java.util.List;

/**
 * Draws sprites: a pixel is 1 if its centre lies inside the shape, without grey edges. For one
 * thread.
 */
final class SpriteBrush {
  /**
   * How far a sprite of scale 1 may reach from its middle, in image heights: of 64 pixels, a square
   * of 20. With the places from a quarter to three quarters of the image, nothing touches an edge.
   */
  private static final double REACH = 10 * Math.sqrt(2) / 64;

  private final int size;
  private final List<Factor> factors;
  private final byte[] bits;

  SpriteBrush(int size, List<Factor> factors) {
    this.size = size;
    this.factors = factors;
    this.bits = new byte[(size * size + 7) / 8];
  }

  /**
   * The image with these factors, eight pixels a byte, the first in the highest bit; overwritten by
   * the next call.
   */
  byte[] draw(int[] indices) {
    Arrays.fill(bits, (byte) 0);
    SpriteShape shape = SpriteShape.values()[indices[0]];
    double radius = value(indices, 1) * REACH * size;
    // StrictMath gives the same bits on every machine.
    double cos = StrictMath.cos(value(indices, 2)) / radius;
    double sin = StrictMath.sin(value(indices, 2)) / radius;
    double middleX = place(value(indices, 3));
    double middleY = place(value(indices, 4));
    int lastY = (int) (middleY + radius);
    int lastX = (int) (middleX + radius);
    for (int y = (int) (middleY - radius); y <= lastY; y++) {
      for (int x = (int) (middleX - radius); x <= lastX; x++) {
        double dx = x + 0.5 - middleX;
        double dy = y + 0.5 - middleY;
        if (shape.contains(cos * dx + sin * dy, cos * dy - sin * dx)) {
          set(y * size + x);
        }
      }
    }
    return bits;
  }

  private double value(int[] indices, int factor) {
    return factors.get(factor).values().get(indices[factor]);
  }

  /** In pixels from the edge. */
  private double place(double share) {
    return size * (0.25 + 0.5 * share);
  }

  private void set(int pixel) {
    bits[pixel / 8] |= (byte) (0x80 >> pixel % 8);
  }
}
