package dev.elbow.inference;

/**
 * The weights of the KL term that one model was trained for.
 *
 * @param least above 0
 * @param most at least {@code least}
 */
public record Betas(double least, double most) {
  /** Whether the model was trained for {@code beta}. */
  public boolean contains(double beta) {
    return beta >= least && beta <= most;
  }

  /** The one that makes the objective the negative ELBO, 1, or the end that comes nearest to it. */
  public double usual() {
    return Math.min(most, Math.max(least, 1));
  }
}
