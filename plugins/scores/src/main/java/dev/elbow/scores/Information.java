package dev.elbow.scores;

/** Entropies of what was counted, in nats. */
final class Information {
  private Information() {}

  /** The entropy of values from 0 to {@code size} − 1. */
  static double entropy(int[] values, int size) {
    double[] counts = new double[size];
    for (int value : values) {
      counts[value]++;
    }
    return entropy(counts, values.length);
  }

  /** The mutual information of two lists of values, position by position. */
  static double mutual(int[] a, int sizeOfA, int[] b, int sizeOfB) {
    double[] joint = new double[sizeOfA * sizeOfB];
    for (int i = 0; i < a.length; i++) {
      joint[a[i] * sizeOfB + b[i]]++;
    }
    return entropy(a, sizeOfA) + entropy(b, sizeOfB) - entropy(joint, a.length);
  }

  private static double entropy(double[] counts, double total) {
    double entropy = 0;
    for (double count : counts) {
      if (count > 0) {
        entropy -= count / total * Math.log(count / total);
      }
    }
    return entropy;
  }

  /**
   * The bin of each value, of {@code bins} that are equally wide from the least value to the
   * greatest; each begins with its lower edge.
   */
  static int[] binned(double[] values, int bins) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    double width = (greatest - least) / bins;
    int[] binned = new int[values.length];
    for (int i = 0; i < values.length && width > 0; i++) {
      int bin = Math.min(bins - 1, (int) ((values[i] - least) / width));
      // The quotient may round to the other side of an edge.
      if (bin > 0 && values[i] < least + bin * width) {
        bin--;
      } else if (bin < bins - 1 && values[i] >= least + (bin + 1) * width) {
        bin++;
      }
      binned[i] = bin;
    }
    return binned;
  }
}
