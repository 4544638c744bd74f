package dev.elbow.cli.models;

/** The mean of any number of codes, as they come. */
final class MeanCode {
  private final double[] sums;
  private long values;

  MeanCode(int latent) {
    this.sums = new double[latent];
  }

  void add(float[] codes) {
    for (int i = 0; i < codes.length; i++) {
      sums[i % sums.length] += codes[i];
    }
    values += codes.length;
  }

  /** Of at least one. */
  float[] code() {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] * sums.length / values);
    }
    return mean;
  }
}
