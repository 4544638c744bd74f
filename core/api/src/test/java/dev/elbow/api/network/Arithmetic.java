package dev.elbow.api.network;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * The rules of element-wise operations and reductions for one example, in double. Layers and
 * rearrangements are given, not computed.
 */
public final class Arithmetic implements Rules<double[]> {
  @Override
  public double[] input(Op.Input op, Shape shape) {
    throw new AssertionError("inputs are given, but not " + op.name());
  }

  @Override
  public double[] scheduled(Op.Scheduled op) {
    return new double[] {op.schedule().at(new Moment(0, 1, 1))};
  }

  @Override
  public double[] linear(Op.Linear op, double[] x) {
    throw new AssertionError("layers are given, but not " + op.name());
  }

  @Override
  public double[] conv2d(Op.Conv2d op, double[] x) {
    throw new AssertionError("layers are given, but not " + op.name());
  }

  @Override
  public double[] convTranspose2d(Op.ConvTranspose2d op, double[] x) {
    throw new AssertionError("layers are given, but not " + op.name());
  }

  @Override
  public double[] reshape(Op.Reshape op, double[] x) {
    return x;
  }

  @Override
  public double[] concat(Op.Concat op, List<double[]> parts) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] pad(Op.Pad op, double[] x) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] slice(Op.Slice op, double[] x) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] spread(Op.Spread op, double[] x) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] plus(double[] a, Shape shapeOfA, double[] b, Shape shapeOfB) {
    return pairwise(a, shapeOfA, b, shapeOfB, Double::sum);
  }

  @Override
  public double[] times(double[] a, Shape shapeOfA, double[] b, Shape shapeOfB) {
    return pairwise(a, shapeOfA, b, shapeOfB, (x, y) -> x * y);
  }

  private static double[] pairwise(
      double[] a, Shape shapeOfA, double[] b, Shape shapeOfB, DoubleBinaryOperator op) {
    double[] result = new double[Math.max(a.length, b.length)];
    Arrays.setAll(
        result,
        i -> op.applyAsDouble(a[shapeOfA.rank() == 0 ? 0 : i], b[shapeOfB.rank() == 0 ? 0 : i]));
    return result;
  }

  @Override
  public double[] affine(Op.Affine op, double[] x) {
    return DoubleStream.of(x).map(v -> op.factor() * v + op.summand()).toArray();
  }

  @Override
  public double[] elementwise(Op.Elementwise op, double[] x) {
    return DoubleStream.of(x).map(function(op)).toArray();
  }

  private static DoubleUnaryOperator function(Op.Elementwise op) {
    return switch (op.function()) {
      case RELU -> v -> Math.max(0, v);
      case LEAKY_RELU -> v -> v > 0 ? v : op.slope() * v;
      case TANH -> Math::tanh;
      case SIGMOID -> v -> 1 / (1 + Math.exp(-v));
      case SOFTPLUS -> v -> Math.log1p(Math.exp(v));
      case EXP -> Math::exp;
      case LOG -> Math::log;
      case SQUARE -> v -> v * v;
      case ABS -> Math::abs;
      case SILU -> v -> v / (1 + Math.exp(-v));
      case LOG_SINHC -> v -> v == 0 ? 0 : Math.log(Math.sinh(v) / v);
      case LANGEVIN -> v -> v == 0 ? 0 : 1 / Math.tanh(v) - 1 / v;
      case GELU -> throw new AssertionError("no test needs it");
    };
  }

  @Override
  public double[] reduce(Op.Reduce op, double[] x, Shape shapeOfX) {
    double sum = DoubleStream.of(x).sum();
    return switch (op.kind()) {
      case SUM -> new double[] {sum};
      case MEAN -> new double[] {sum / x.length};
      case LOG_SUM_EXP -> new double[] {Math.log(DoubleStream.of(x).map(Math::exp).sum())};
    };
  }

  @Override
  public double[] outer(double[] a, double[] b) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] batchSize() {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] batchMean(double[] x) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] repeat(Op.Repeat op, double[] x) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] others(double[] x) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] samples(Op.Samples op, double[] x) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] joined(Op.Joined op, double[] x, Shape shapeOfX) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] batchOrder(double[] x, double[] keys) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] pairing(Op.Pairing op) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] over(Op.Over op, double[] x, Shape shapeOfX) {
    throw new AssertionError("no test needs it");
  }

  @Override
  public double[] detach(double[] x) {
    return x;
  }

  @Override
  public double[] layerNorm(Op.LayerNorm op, double[] x) {
    throw new AssertionError("layers are given, but not " + op.name());
  }

  @Override
  public double[] batchNorm(Op.BatchNorm op, double[] x) {
    throw new AssertionError("layers are given, but not " + op.name());
  }

  @Override
  public double[] dropout(Op.Dropout op, double[] x) {
    throw new AssertionError("layers are given, but not " + op.name());
  }

  @Override
  public double[] gate(double[] x) {
    return x;
  }
}
