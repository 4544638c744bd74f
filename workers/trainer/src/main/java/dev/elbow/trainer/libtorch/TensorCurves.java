package dev.elbow.trainer.libtorch;

import static org.bytedeco.pytorch.global.torch.where;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Functions that divide by nothing at 0: there stands a series of Taylor's instead. What is not
 * taken is computed too, so it must be finite, or its gradient would be not a number.
 */
final class TensorCurves {
  private static final double NEAR_ZERO = 0.49;
  private static final double FAR = 0.5;

  private TensorCurves() {}

  /** log(sinh(x) / x). */
  static Tensor logSinhc(Tensor x) {
    Tensor q = x.square();
    Tensor near =
        q.mul(
            series(q, 1 / 6., -1 / 180., 1 / 2835., -1 / 37800., 1 / 467775., -691 / 3831077250.));
    Tensor size = x.abs().clamp_min(new Scalar(FAR));
    Tensor twice = size.mul(new Scalar(2.0));
    Tensor far = size.sub(twice.log()).add(twice.neg().exp().neg().log1p());
    return where(q.lt(new Scalar(NEAR_ZERO)), near, far);
  }

  /** coth(x) − 1 / x. */
  static Tensor langevin(Tensor x) {
    Tensor q = x.square();
    Tensor near =
        x.mul(series(q, 1 / 3., -1 / 45., 2 / 945., -1 / 4725., 2 / 93555., -1382 / 638512875.));
    Tensor size = x.abs().clamp_min(new Scalar(FAR));
    Tensor far = size.tanh().reciprocal().sub(size.reciprocal()).mul(x.sign());
    return where(q.lt(new Scalar(NEAR_ZERO)), near, far);
  }

  /** A polynomial (Horner). */
  private static Tensor series(Tensor q, double... factors) {
    Tensor sum = q.mul(new Scalar(factors[factors.length - 1]));
    for (int i = factors.length - 2; i > 0; i--) {
      sum = sum.add(new Scalar(factors[i])).mul(q);
    }
    return sum.add(new Scalar(factors[0]));
  }
}
