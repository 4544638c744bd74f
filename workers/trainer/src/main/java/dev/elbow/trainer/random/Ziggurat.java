package dev.elbow.trainer.random;

/**
 * Normal numbers by Doornik's variant of the ziggurat (Marsaglia and Tsang 2000; Doornik 2005,
 * "ZIGNOR"): 128 layers of equal area, of which most draws need one multiplication. Only {@link
 * StrictMath} is used, so that the numbers are the same on every machine.
 */
final class Ziggurat {
  private static final int LAYERS = 128;

  /** Where the tail begins. */
  private static final double TAIL = 3.442619855899;

  /** The area of each layer. */
  private static final double AREA = 9.91256303526217e-3;

  private static final double[] EDGES = edges();
  private static final double[] RATIOS = ratios();

  private Ziggurat() {}

  static double next(RandomStream stream) {
    while (true) {
      long bits = stream.nextLong();
      // The layer and the place in it come from different bits of one draw.
      int layer = (int) (bits & (LAYERS - 1));
      double place = (bits >> 11) * 0x1p-52;
      if (Math.abs(place) < RATIOS[layer]) {
        return place * EDGES[layer];
      }
      if (layer == 0) {
        return tail(stream, place < 0);
      }
      double value = place * EDGES[layer];
      if (isBelowCurve(stream, value, layer)) {
        return value;
      }
    }
  }

  private static boolean isBelowCurve(RandomStream stream, double value, int layer) {
    double lower = gap(EDGES[layer], value);
    double upper = gap(EDGES[layer + 1], value);
    return upper + stream.nextDouble() * (lower - upper) < 1;
  }

  private static double gap(double edge, double value) {
    return StrictMath.exp(-0.5 * (edge * edge - value * value));
  }

  private static double tail(RandomStream stream, boolean negative) {
    double beyond;
    double height;
    do {
      // 1 − u is never 0, which has no logarithm.
      beyond = StrictMath.log(1 - stream.nextDouble()) / TAIL;
      height = StrictMath.log(1 - stream.nextDouble());
    } while (-2 * height < beyond * beyond);
    return negative ? beyond - TAIL : TAIL - beyond;
  }

  private static double[] edges() {
    double[] edges = new double[LAYERS + 1];
    double density = StrictMath.exp(-0.5 * TAIL * TAIL);
    edges[0] = AREA / density;
    edges[1] = TAIL;
    for (int i = 2; i < LAYERS; i++) {
      edges[i] = StrictMath.sqrt(-2 * StrictMath.log(AREA / edges[i - 1] + density));
      density = StrictMath.exp(-0.5 * edges[i] * edges[i]);
    }
    return edges;
  }

  private static double[] ratios() {
    double[] ratios = new double[LAYERS];
    for (int i = 0; i < LAYERS; i++) {
      ratios[i] = EDGES[i + 1] / EDGES[i];
    }
    return ratios;
  }
}
