package dev.elbow.api.data;

/**
 * What a Bernoulli likelihood is asked to predict. Losses over different targets must not be
 * compared.
 */
public enum Targets {
  /** Pixel values as they are, in [0, 1]. */
  GREY,
  /** Each pixel 0 or 1, always the same. */
  FIXED,
  /**
   * Each pixel drawn anew in every epoch, with its grey value as probability. The dataset gives the
   * grey values.
   */
  DYNAMIC;

  /** The word in files: {@code grey}, {@code fixed}, {@code dynamic}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
