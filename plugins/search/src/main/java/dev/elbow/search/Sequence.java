package dev.elbow.search;

import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.api.search.Domain.Values;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The values of a domain that has finitely many, in order. Steps are counted in decimals, as people
 * write them: from 0.1 in steps of 0.1 the third value is 0.3.
 */
sealed interface Sequence {
  /** How many values there are, from 1; {@link Long#MAX_VALUE} for anything beyond. */
  long size();

  /** The value number {@code index}, from 0. */
  Object get(long index);

  /** The values of {@code domain}; empty if it is a stretch of numbers without steps. */
  static Optional<Sequence> of(Domain domain) {
    if (domain instanceof Values given) {
      return Optional.of(new Listed(given.values()));
    }
    Range range = (Range) domain;
    if (range.step().isEmpty() && !range.whole()) {
      return Optional.empty();
    }
    return Optional.of(Steps.of(range));
  }

  /** What is wrong with the steps of {@code range}; empty if nothing. */
  static Optional<String> problem(Range range) {
    if (range.step().isEmpty()) {
      return Optional.empty();
    }
    if (range.scale() == Scale.LOG) {
      return Optional.of(
          "a log scale has no equal steps; leave out 'step', or give {values: [...]}");
    }
    Steps steps = Steps.of(range);
    if (range.whole() && steps.step().stripTrailingZeros().scale() > 0) {
      return Optional.of(
          "step %s leads to values that are no integers".formatted(Steps.shown(steps.step())));
    }
    return steps.meets(range.max())
        ? Optional.empty()
        : Optional.of(
            "steps of %s from %s do not meet max %s, the last is %s; ends are included"
                .formatted(
                    Steps.shown(steps.step()),
                    Steps.shown(steps.min()),
                    Steps.shown(Steps.decimal(range.max())),
                    Steps.shown(steps.decimalAt(steps.size() - 1))));
  }

  /** As the sweep file lists them. */
  record Listed(List<Object> values) implements Sequence {
    @Override
    public long size() {
      return values.size();
    }

    @Override
    public Object get(long index) {
      return values.get(Math.toIntExact(index));
    }
  }

  /** {@code min}, {@code min + step}, … */
  record Steps(BigDecimal min, BigDecimal step, long size, boolean whole) implements Sequence {
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    static Steps of(Range range) {
      BigDecimal min = decimal(range.min());
      BigDecimal step = decimal(range.step().orElse(1));
      BigDecimal size =
          decimal(range.max()).subtract(min).divideToIntegralValue(step).add(BigDecimal.ONE);
      return new Steps(min, step, size.min(MOST).longValueExact(), range.whole());
    }

    @Override
    public Object get(long index) {
      BigDecimal value = decimalAt(index);
      return whole ? (Object) value.longValueExact() : (Object) value.doubleValue();
    }

    boolean meets(double max) {
      return decimal(max).subtract(min).remainder(step).signum() == 0;
    }

    BigDecimal decimalAt(long index) {
      return min.add(step.multiply(BigDecimal.valueOf(index)));
    }

    static String shown(BigDecimal value) {
      BigDecimal plain = value.stripTrailingZeros();
      return Math.abs(plain.scale()) < 20 ? plain.toPlainString() : plain.toString();
    }

    private static BigDecimal decimal(double value) {
      return BigDecimal.valueOf(value);
    }
  }
}
