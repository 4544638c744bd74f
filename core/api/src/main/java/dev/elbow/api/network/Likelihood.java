package dev.elbow.api.network;

/** How a decoder's output gives a distribution over images. Stateless and thread-safe. */
public interface Likelihood {
  /** Lower-case letters and hyphens, recorded with every model. */
  String name();

  /**
   * −log p(x | z), summed over pixels, in nats: shape {@code []}.
   *
   * @param logits what the decoder gives, in the shape of an image
   * @param x the image, each value in [0, 1]
   */
  Tensor negativeLogLikelihood(Tensor logits, Tensor x);

  /** Whether a pixel outside [0, 1] has no density, so that data with such a one are refused. */
  default boolean isOfUnitInterval() {
    return false;
  }

  /** The mean image, in the shape of {@code logits}. */
  Tensor mean(Tensor logits);

  /**
   * Each pixel Bernoulli with logit {@code l}: −log p = softplus(l) − l·x (Kingma and Welling 2014,
   * appendix C.1). On grey pixels that is a cross-entropy, not a likelihood.
   */
  static Likelihood bernoulli() {
    return new Bernoulli();
  }

  /**
   * Each pixel Gaussian around the decoder's output: −log p = (x − l)² / 2σ² + log σ + ½ log 2π,
   * constant included.
   *
   * @param sigma standard deviation in units of pixel values, from 1e-18 to 1e18: its square and
   *     the inverse of that have a place in the 32 bits that models compute with
   * @throws IllegalArgumentException if sigma is beyond that
   */
  static Likelihood gaussian(double sigma) {
    return new Gaussian(sigma);
  }

  /**
   * Each pixel Laplace around the decoder's output: −log p = |x − l| / b + log 2b, constant
   * included.
   *
   * @param scale b in units of pixel values, from 1e-18 to 1e18
   * @throws IllegalArgumentException if it is beyond that
   */
  static Likelihood laplace(double scale) {
    return new Laplace(scale);
  }

  /**
   * Each pixel continuous Bernoulli with logit {@code l} (Loaiza-Ganem and Cunningham 2019, “The
   * continuous Bernoulli”, equations 3 to 5): a density on [0, 1], other than {@link #bernoulli} on
   * grey pixels. With λ = σ(l), −log p = −x·log λ − (1 − x)·log(1 − λ) − log C(λ), where C(λ) = 2
   * atanh(1 − 2λ) / (1 − 2λ). That is log(sinh(u) / u) − (x − ½)·l with u = l / 2, which loses no
   * digits at λ = ½, where C divides 0 by 0.
   */
  static Likelihood continuousBernoulli() {
    return new ContinuousBernoulli();
  }

  /** See {@link #bernoulli}. */
  record Bernoulli() implements Likelihood {
    @Override
    public String name() {
      return "bernoulli";
    }

    @Override
    public boolean isOfUnitInterval() {
      return true;
    }

    @Override
    public Tensor negativeLogLikelihood(Tensor logits, Tensor x) {
      return logits.softplus().minus(logits.times(x)).sum();
    }

    @Override
    public Tensor mean(Tensor logits) {
      return logits.sigmoid();
    }
  }

  /** See {@link #gaussian}. */
  record Gaussian(double sigma) implements Likelihood {
    public Gaussian {
      if (!(sigma >= 1e-18 && sigma <= 1e18)) {
        throw new IllegalArgumentException("sigma must be from 1e-18 to 1e18, got " + sigma);
      }
    }

    @Override
    public String name() {
      return "gaussian";
    }

    @Override
    public Tensor negativeLogLikelihood(Tensor logits, Tensor x) {
      double constant = (Math.log(sigma) + 0.5 * Math.log(2 * Math.PI)) * x.shape().size();
      return x.minus(logits).square().sum().scale(0.5 / (sigma * sigma)).plus(constant);
    }

    @Override
    public Tensor mean(Tensor logits) {
      return logits;
    }
  }

  /** See {@link #laplace}. */
  record Laplace(double scale) implements Likelihood {
    public Laplace {
      if (!(scale >= 1e-18 && scale <= 1e18)) {
        throw new IllegalArgumentException("scale must be from 1e-18 to 1e18, got " + scale);
      }
    }

    @Override
    public String name() {
      return "laplace";
    }

    @Override
    public Tensor negativeLogLikelihood(Tensor logits, Tensor x) {
      double constant = Math.log(2 * scale) * x.shape().size();
      return x.minus(logits).abs().sum().scale(1 / scale).plus(constant);
    }

    @Override
    public Tensor mean(Tensor logits) {
      return logits;
    }
  }

  /** See {@link #continuousBernoulli}. */
  record ContinuousBernoulli() implements Likelihood {
    @Override
    public String name() {
      return "continuous-bernoulli";
    }

    @Override
    public boolean isOfUnitInterval() {
      return true;
    }

    @Override
    public Tensor negativeLogLikelihood(Tensor logits, Tensor x) {
      return logits.scale(0.5).logSinhc().minus(x.plus(-0.5).times(logits)).sum();
    }

    // The slope of log Σ: ½ + ½ (coth(u) − 1 / u).
    @Override
    public Tensor mean(Tensor logits) {
      return logits.scale(0.5).langevin().scale(0.5).plus(0.5);
    }
  }
}
