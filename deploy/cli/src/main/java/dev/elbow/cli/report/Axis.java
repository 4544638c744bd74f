package dev.elbow.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One direction of a panel.
 *
 * @param label what it shows, with its unit
 * @param low the value at its beginning; above 0 where it is logarithmic
 * @param high the value at its end, above {@code low}
 * @param logarithmic whether equal factors, not equal differences, have equal lengths
 */
record Axis(String label, double low, double high, boolean logarithmic) {
  private static final double ROOM = 0.06;

  // Up to this factor a linear axis shows small values well enough.
  private static final double WIDE = 20;

  /** An axis from mark to mark around values, of which what is not finite is left out. */
  static Axis around(String label, Collection<Double> values) {
    double[] known =
        values.stream().filter(Double::isFinite).mapToDouble(v -> v).sorted().toArray();
    if (known.length == 0) {
      return new Axis(label, 0, 1, false);
    }
    double low = known[0];
    double high = known[known.length - 1];
    double room = high > low ? ROOM * (high - low) : high == 0 ? 0.5 : 0.05 * Math.abs(high);
    double step = step(low - room, high + room, 6);
    double from = Math.floor((low - room) / step) * step;
    // What is never negative needs no room below 0.
    return new Axis(
        label, low >= 0 ? Math.max(0, from) : from, Math.ceil((high + room) / step) * step, false);
  }

  /** An axis for the settings of a parameter: logarithmic where they differ by large factors. */
  static Axis ofSettings(String label, Collection<Double> values) {
    double low = values.stream().mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().mapToDouble(v -> v).max().orElse(1);
    return low > 0 && high / low >= WIDE / 2
        ? new Axis(label, low / 1.3, high * 1.3, true)
        : around(label, values);
  }

  /** An axis for rates, which at a weight of 0 are some thousand times those of others. */
  static Axis ofRates(String label, Collection<Double> values) {
    double[] known = values.stream().filter(v -> v > 0).mapToDouble(v -> v).sorted().toArray();
    boolean wide = known.length > 2 && known[known.length - 1] > WIDE * known[known.length / 2];
    return wide
        ? new Axis(label, known[0] / 1.3, known[known.length - 1] * 1.3, true)
        : around(label, values);
  }

  /** Where a value stands: 0 at the beginning, 1 at the end. */
  double share(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Whether a value has a place on it. */
  boolean holds(double value) {
    double share = share(value);
    return share >= -1e-9 && share <= 1 + 1e-9;
  }

  /** Round values to mark, about {@code count}. */
  List<Double> marks(int count) {
    return logarithmic ? factors() : steps(step(low, high, count));
  }

  private List<Double> steps(double step) {
    List<Double> marks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      marks.add(rounded(i * step));
    }
    return marks;
  }

  private List<Double> factors() {
    int[] parts = high / low > 200 ? new int[] {1} : new int[] {1, 2, 5};
    List<Double> marks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int part : parts) {
        double mark = rounded(part * Math.pow(10, power));
        if (mark >= low && mark <= high) {
          marks.add(mark);
        }
      }
    }
    return marks;
  }

  private static double step(double low, double high, int count) {
    double rough = (high - low) / count;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= rough * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(12)).doubleValue();
  }
}
