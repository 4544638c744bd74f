package dev.elbow.benchmarks;

/**
 * What Elbow trains here: the models of the peer, in the words of a sweep file without its name.
 */
final class Sweeps {
  /** Images that an epoch on MNIST trains on. */
  static final int MNIST_IMAGES = 60_000;

  static final int MNIST_BATCH = 128;

  private static final String DENSE =
      """
      dataset: {plugin: idx, path: mnist}
      encoder: {plugin: dense, hidden: [400]}
      decoder: {plugin: dense, hidden: [400]}
      objective: {plugin: elbo, likelihood: bernoulli}
      """;

  // 8,100 images to train on; the peer draws 8,192 of its own.
  private static final String CONV =
      """
      dataset: {plugin: sprites, orientations: 5}
      encoder: {plugin: conv}
      decoder: {plugin: conv}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {epochs: %d, batchSize: 64, precision: %s}
      parameters: {latent: 10, beta: 1, learningRate: 0.001}
      seeds: [1, 2]
      """;

  private Sweeps() {}

  /** Two models on MNIST. */
  static String dense(int epochs, String precision) {
    return DENSE
        + """
        training: {epochs: %d, batchSize: %d, precision: %s}
        parameters: {latent: 20, beta: 1, learningRate: 0.001}
        seeds: [1, 2]
        """
            .formatted(epochs, MNIST_BATCH, precision);
  }

  /** Two models on 64 × 64 shapes. */
  static String conv(int epochs, String precision) {
    return CONV.formatted(epochs, precision);
  }

  /** Many models on MNIST, two epochs each. */
  static String whole(int trials) {
    return DENSE
        + """
        training: {epochs: 2, batchSize: %d}
        parameters: {latent: 20, beta: {min: 0.5, max: 4, scale: log}, learningRate: 0.001}
        search: {plugin: random, trials: %d}
        """
            .formatted(MNIST_BATCH, trials);
  }

  /** A step on MNIST. */
  static String oneStep() {
    return DENSE
        + """
        training: {steps: 1, evaluateEvery: 1, batchSize: %d}
        parameters: {latent: 20, beta: 1, learningRate: 0.001}
        """
            .formatted(MNIST_BATCH);
  }
}
