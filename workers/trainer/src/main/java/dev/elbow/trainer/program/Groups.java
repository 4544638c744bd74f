package dev.elbow.trainer.program;

import dev.elbow.api.network.Population;
import dev.elbow.api.network.Shape;
import java.util.Arrays;

/**
 * Rows of a group side by side: the samples of an example, or the pairs that it is the first of.
 * What is given as a number stays one.
 */
final class Groups {
  private static final String PER_EXAMPLE = Value.EXAMPLES + " * ";
  private static final String PAIRS = PER_EXAMPLE + Value.EXAMPLES;

  private final Lines lines;
  private final Algebra algebra;

  Groups(Lines lines, Algebra algebra) {
    this.lines = lines;
    this.algebra = algebra;
  }

  /** How many rows there are of {@code population}. */
  static String rows(Population population) {
    return population.equals(Population.PAIRS) ? PAIRS : PER_EXAMPLE + population.samples();
  }

  private static String groupSize(String rows) {
    return rows.substring(PER_EXAMPLE.length());
  }

  private static String grouped(String rows, Shape shape) {
    return Algebra.batched(Value.EXAMPLES + ", " + groupSize(rows), shape);
  }

  Value batchSize() {
    return lines.make(Call.number("float(b)"), Shape.of());
  }

  /** The part of a group that one row is. */
  Value share(String rows) {
    return rows.equals(PAIRS)
        ? lines.make(Call.number("1.0 / float(b)"), Shape.of())
        : algebra.constant(1.0 / Integer.parseInt(groupSize(rows)));
  }

  private Value groupSizeOf(String rows) {
    return rows.equals(PAIRS) ? batchSize() : algebra.constant(Integer.parseInt(groupSize(rows)));
  }

  /** The mean over the batch, for each example. */
  Value mean(Value x) {
    String sizes = Algebra.batched(x.rows(), x.shape());
    Call call = Call.of("torch.mean({0}, [0], True).expand(" + sizes + ").contiguous()");
    return x.isNumber() ? x : lines.make(call, x.shape(), x);
  }

  /** The row of an example for all of its group. */
  Value repeated(Value x, String rows) {
    String spread = "{0}.unsqueeze(1).expand(" + grouped(rows, x.shape()) + ").reshape(";
    Call call = Call.of(spread + Algebra.batched(rows, x.shape()) + ")");
    return x.isNumber() ? x : lines.make(call, rows, x.shape(), x);
  }

  /** The row of an example for all pairs that it is the second of. */
  Value seconds(Value x) {
    String spread = "{0}.unsqueeze(0).expand(" + grouped(PAIRS, x.shape()) + ").reshape(";
    Call call = Call.of(spread + Algebra.batched(PAIRS, x.shape()) + ")");
    return x.isNumber() ? x : lines.make(call, PAIRS, x.shape(), x);
  }

  /** The sum over each group. */
  Value sum(Value x, String rows) {
    Call call = Call.of("torch.sum({0}.reshape(" + grouped(rows, x.shape()) + "), [1])");
    return x.isNumber()
        ? algebra.times(x, groupSizeOf(rows))
        : lines.make(call, Value.EXAMPLES, x.shape(), x);
  }

  /** The sum over the pairs that an example is the second of. */
  Value sumOfSeconds(Value x) {
    Call call = Call.of("torch.sum({0}.reshape(" + grouped(PAIRS, x.shape()) + "), [0])");
    return x.isNumber()
        ? algebra.times(x, batchSize())
        : lines.make(call, Value.EXAMPLES, x.shape(), x);
  }

  Value logSumExp(Value x) {
    Call call = Call.of("torch.logsumexp({0}.reshape(" + grouped(x.rows(), x.shape()) + "), [1])");
    return lines.make(call, Value.EXAMPLES, x.shape(), x);
  }

  /** The rows of each example as rows of their own. */
  Value samples(Value x, int count) {
    int[] sizes = x.shape().toArray();
    Shape one = Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
    String rows = PER_EXAMPLE + count;
    Call call = Call.view("{0}.reshape(" + Algebra.batched(rows, one) + ")");
    return lines.make(call, rows, one, x);
  }

  /** The reverse of {@link #samples}. */
  Value joined(Value x, Shape shape) {
    Call call = Call.view("{0}.reshape(" + Algebra.batched(Value.EXAMPLES, shape) + ")");
    return lines.make(call, Value.EXAMPLES, shape, x);
  }

  /** The places in the batch that the elements of {@code keys} have by size. */
  Value order(Value keys) {
    Value all = algebra.full(keys, Value.EXAMPLES, keys.shape());
    return lines.make(Call.of("torch.argsort({0}, stable=True, dim=0)"), keys.shape(), all);
  }

  /** The elements of {@code x} at those places. */
  Value taken(Value x, Value order) {
    return lines.make(Call.of("torch.gather({0}, 0, {1})"), x.shape(), x, order);
  }

  /** The reverse of {@link #taken}: each element to where it came from. */
  Value givenBack(Value y, Value order) {
    String text = "torch.zeros_like({0}).scatter_(0, {1}, {0})";
    return lines.make(Call.of(text), y.shape(), y, order);
  }

  /** For each pair 1 if its second is so many places behind its first. */
  Value pairing(int distance) {
    String eye = "torch.eye(b)";
    String moved = distance == 0 ? eye : "torch.roll(%s, [%d], [1])".formatted(eye, distance);
    return lines.make(Call.of(moved + ".reshape([" + PAIRS + "])"), PAIRS, Shape.of());
  }
}
