package dev.elbow.cli.models;

import java.util.Arrays;

/** What scores tell of images that are normal and others that are not. */
final class Ranking {
  private Ranking() {}

  /**
   * The area under the receiver operating characteristic: how probable it is that an anomalous
   * image has a higher score than a normal one, ties counted half (Hanley and McNeil 1982).
   *
   * @param normal at least one score
   * @param anomalous likewise
   */
  static double areaUnderCurve(double[] normal, double[] anomalous) {
    double[] sorted = normal.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (double score : anomalous) {
      sum += 0.5 * (below(sorted, score, false) + below(sorted, score, true));
    }
    return sum / normal.length / anomalous.length;
  }

  /** How many values are below a score, or not above it. */
  private static int below(double[] sorted, double score, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean counts = sorted[middle] < score || orEqual && sorted[middle] == score;
      low = counts ? middle + 1 : low;
      high = counts ? high : middle;
    }
    return low;
  }

  /**
   * The smallest score that at least this share of scores does not exceed.
   *
   * @param share above 0, at most 1
   */
  static double quantile(double[] scores, double share) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1];
  }
}
