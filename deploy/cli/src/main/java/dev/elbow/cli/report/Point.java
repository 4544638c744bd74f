package dev.elbow.cli.report;

/** A place in a panel, in units of its axes. */
record Point(double x, double y) {
  boolean isFinite() {
    return Double.isFinite(x) && Double.isFinite(y);
  }
}
