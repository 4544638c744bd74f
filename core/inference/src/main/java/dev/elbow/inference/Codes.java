package dev.elbow.inference;

import java.util.Random;

/**
 * Arithmetic on codes. Arrays hold any number of codes of {@code latent} values, one after the
 * other; no argument is changed. Pure functions, so thread-safe.
 */
public final class Codes {
  // Below this angle sin is as good as the angle itself, and dividing by it loses digits.
  private static final double NO_ANGLE = 1e-4;

  private Codes() {}

  /**
   * Independent normal values; equal seeds give equal values in every JVM.
   *
   * @param temperature their standard deviation, at least 0; 1 is the prior of a model
   */
  public static float[] normal(long seed, int size, double temperature) {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException("temperature must be at least 0, got " + temperature);
    }
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (temperature * random.nextGaussian());
    }
    return values;
  }

  /**
   * Codes on the straight line between two, both ends included.
   *
   * @param steps how many, at least 2
   */
  public static float[] line(float[] from, float[] to, int steps) {
    requireSteps(from, to, steps);
    float[] codes = new float[steps * from.length];
    for (int step = 0; step < steps; step++) {
      double share = (double) step / (steps - 1);
      put(codes, step, from, 1 - share, to, share);
    }
    return codes;
  }

  /**
   * Codes on the arc between two, both ends included (Shoemake 1985; White 2016 for codes): in many
   * dimensions nearly all of a prior lies at one distance from the origin, which a straight line
   * leaves and an arc keeps. Where the two have one direction, or one of them none, it is the line.
   *
   * @param steps how many, at least 2
   */
  public static float[] arc(float[] from, float[] to, int steps) {
    requireSteps(from, to, steps);
    double angle = angle(from, to);
    if (!(angle > NO_ANGLE && angle < Math.PI - NO_ANGLE)) {
      return line(from, to, steps);
    }
    float[] codes = new float[steps * from.length];
    for (int step = 0; step < steps; step++) {
      double share = (double) step / (steps - 1);
      double first = Math.sin((1 - share) * angle) / Math.sin(angle);
      double second = Math.sin(share * angle) / Math.sin(angle);
      put(codes, step, from, first, to, second);
    }
    return codes;
  }

  private static void requireSteps(float[] from, float[] to, int steps) {
    if (from.length != to.length || steps < 2) {
      throw new IllegalArgumentException(
          "expected two codes of one length and at least 2 steps, got %d and %d values and %d steps"
              .formatted(from.length, to.length, steps));
    }
  }

  private static double angle(float[] first, float[] second) {
    double product = 0;
    for (int i = 0; i < first.length; i++) {
      product += (double) first[i] * second[i];
    }
    double cosine = product / (norm(first) * norm(second));
    return Math.acos(Math.max(-1, Math.min(1, cosine)));
  }

  private static void put(
      float[] codes, int place, float[] first, double some, float[] second, double more) {
    for (int i = 0; i < first.length; i++) {
      codes[place * first.length + i] = (float) (some * first[i] + more * second[i]);
    }
  }

  /** Euclidean length of one code. */
  public static double norm(float[] code) {
    double squares = 0;
    for (float value : code) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /**
   * One code again and again, in which one value alone goes from {@code from} to {@code to}.
   *
   * @param dimension whose value it is, from 0
   * @param steps how many codes, at least 1; a single one has {@code from}
   */
  public static float[] traversal(float[] start, int dimension, double from, double to, int steps) {
    float[] codes = new float[steps * start.length];
    for (int step = 0; step < steps; step++) {
      System.arraycopy(start, 0, codes, step * start.length, start.length);
      double share = steps == 1 ? 0 : (double) step / (steps - 1);
      codes[step * start.length + dimension] = (float) (from + (to - from) * share);
    }
    return codes;
  }

  /**
   * One code moved along a direction, once for each strength.
   *
   * @param direction for example the mean code of images that have an attribute less that of images
   *     that have not (Larsen et al. 2016)
   * @param strengths how often the direction is added; 0 gives the code itself
   */
  public static float[] moved(float[] code, float[] direction, double[] strengths) {
    float[] codes = new float[strengths.length * code.length];
    for (int i = 0; i < strengths.length; i++) {
      put(codes, i, code, 1, direction, strengths[i]);
    }
    return codes;
  }

  /** The difference {@code first − second}, value by value. */
  public static float[] difference(float[] first, float[] second) {
    float[] difference = new float[first.length];
    put(difference, 0, first, 1, second, -1);
    return difference;
  }
}
