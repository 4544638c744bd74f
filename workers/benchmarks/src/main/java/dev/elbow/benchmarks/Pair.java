package dev.elbow.benchmarks;

import java.util.List;

/** Two that trained at once, on a processor each. */
record Pair(Lane one, Lane other) {
  /** Below this share of common time, one of them had both processors for too long. */
  static final double LEAST_OVERLAP = 0.85;

  static Pair of(List<Lane> lanes) {
    if (lanes.size() != 2) {
      throw new IllegalStateException("two were to train, found " + lanes.size());
    }
    return new Pair(lanes.get(0), lanes.get(1));
  }

  /** The share of the time in which either trained that both trained, from 0 to 1. */
  double overlap() {
    double both = Math.min(one.end(), other.end()) - Math.max(one.begin(), other.begin());
    double either = Math.max(one.end(), other.end()) - Math.min(one.begin(), other.begin());
    return Math.max(0, both) / either;
  }

  boolean isAtOnce() {
    return overlap() >= LEAST_OVERLAP;
  }

  /** Of both together. */
  double imagesPerSecond() {
    return one.imagesPerSecond() + other.imagesPerSecond();
  }
}
