package dev.elbow.benchmarks;

/**
 * How much is measured.
 *
 * @param alternations turns of each side
 * @param denseEpochs of a training on MNIST
 * @param convEpochs of a training on shapes
 * @param sweepTrials of the whole sweep
 */
record Sizes(int alternations, int denseEpochs, int convEpochs, int sweepTrials) {
  static final Sizes QUICK = new Sizes(1, 1, 1, 2);

  static Sizes of(int alternations) {
    return new Sizes(alternations, 10, 1, 16);
  }
}
