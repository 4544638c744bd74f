package dev.elbow.api.network;

import java.util.List;

/**
 * What a back end does for each operation of the language. An operation belongs to the language
 * only if every back end has a rule for it, and the compiler sees to that.
 *
 * @param <T> what the back end computes for a value: a tensor of a batch, a name in a graph, …
 */
public interface Rules<T> {
  /** A value from outside. Back ends that are always given their inputs never see it. */
  T input(Op.Input op, Shape shape);

  /** A figure that is the same for the whole batch and changes from step to step. */
  T scheduled(Op.Scheduled op);

  T linear(Op.Linear op, T x);

  T conv2d(Op.Conv2d op, T x);

  T convTranspose2d(Op.ConvTranspose2d op, T x);

  T layerNorm(Op.LayerNorm op, T x);

  T batchNorm(Op.BatchNorm op, T x);

  T dropout(Op.Dropout op, T x);

  /** {@code x} in another shape with as many values. */
  T reshape(Op.Reshape op, T x);

  /** The parts one after the other along the operation's axis. */
  T concat(Op.Concat op, List<T> parts);

  T pad(Op.Pad op, T x);

  T slice(Op.Slice op, T x);

  /** The value of each channel for all its pixels. */
  T spread(Op.Spread op, T x);

  /** Element by element; a value of shape {@code []} meets every element of the other. */
  T plus(T a, Shape shapeOfA, T b, Shape shapeOfB);

  /** Element by element; a value of shape {@code []} meets every element of the other. */
  T times(T a, Shape shapeOfA, T b, Shape shapeOfB);

  /** {@code factor * x + summand}. */
  T affine(Op.Affine op, T x);

  /** Element by element. */
  T elementwise(Op.Elementwise op, T x);

  /** Over all values of each example, giving shape {@code []}. */
  T reduce(Op.Reduce op, T x, Shape shapeOfX);

  /** Every value of {@code a} times every value of {@code b}; both are rows. */
  T outer(T a, T b);

  /** {@code x}, through which no gradient flows. */
  T detach(T x);

  /** {@code x}, whose gradient is weighed. */
  T gate(T x);

  // Over the batch: for objectives alone. Back ends of exported models refuse them.

  /** How many examples there are, as a figure that is the same for all. */
  T batchSize();

  /** The mean over the batch, for each example. */
  T batchMean(T x);

  /** {@code x} of each example for each of its samples or its pairs. */
  T repeat(Op.Repeat op, T x);

  /** {@code x} of each example for each pair that it is the second of. */
  T others(T x);

  /** The rows of {@code x}, one for each sample. */
  T samples(Op.Samples op, T x);

  /** The samples of {@code x}, one row for each. */
  T joined(Op.Joined op, T x, Shape shapeOfX);

  /** Each element of {@code x} over the batch in the order of its {@code keys}. */
  T batchOrder(T x, T keys);

  /** Which pairs stand so far apart. */
  T pairing(Op.Pairing op);

  /** Over samples or pairs, giving one value for each example. */
  T over(Op.Over op, T x, Shape shapeOfX);
}
