package dev.elbow.datasets;

/**
 * The outlines of the sprites around the point that they turn about; none reaches further than 1
 * from it.
 */
enum SpriteShape {
  SQUARE {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(x) <= HALF_SIDE && Math.abs(y) <= HALF_SIDE;
    }
  },
  ELLIPSE {
    @Override
    boolean contains(double x, double y) {
      double across = y / ASPECT;
      return x * x + across * across <= 1;
    }
  },
  /** The curve u² + (v − |u|)² = 1, two halves of leaning ellipses, fitted into the unit circle. */
  HEART {
    @Override
    boolean contains(double x, double y) {
      double u = Math.abs(x) * HEART_RADIUS / HEART_BREADTH;
      double v = HEART_MIDDLE - y * HEART_RADIUS - u;
      return u * u + v * v <= 1;
    }
  };

  private static final double HALF_SIDE = Math.sqrt(0.5);
  private static final double ASPECT = 0.5;
  private static final double HEART_MIDDLE = 0.42;
  private static final double HEART_BREADTH = 1.2;
  private static final double HEART_RADIUS = 1.43;

  /** Whether the point lies inside; x to the right, y down. */
  abstract boolean contains(double x, double y);
}
