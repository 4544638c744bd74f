package dev.elbow.testkit;

import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.OptionType.Choice;
import dev.elbow.api.plugin.OptionType.Flag;
import dev.elbow.api.plugin.OptionType.ListOf;
import dev.elbow.api.plugin.OptionType.Real;
import dev.elbow.api.plugin.OptionType.Variant;
import dev.elbow.api.plugin.OptionType.Whole;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Values just outside of what an option accepts, as a YAML reader could give them. */
final class OutOfRange {
  private OutOfRange() {}

  /** Values of the right kind that do not fit, and values of a wrong kind. */
  static Stream<Object> values(OptionType type) {
    return Stream.concat(outside(type), Stream.of(foreign(type), Map.of("no", "value")));
  }

  private static Object foreign(OptionType type) {
    boolean wantsText = type instanceof OptionType.Text;
    return wantsText ? 7 : "no such value";
  }

  private static Stream<Object> outside(OptionType type) {
    if (type instanceof Whole whole) {
      return Stream.of(
          BigInteger.valueOf(whole.min()).subtract(BigInteger.ONE),
          BigInteger.valueOf(whole.max()).add(BigInteger.ONE),
          0.5,
          Double.NaN);
    }
    if (type instanceof Real real) {
      return outside(real);
    }
    if (type instanceof ListOf list) {
      return outside(list);
    }
    boolean named = type instanceof Choice || type instanceof Variant || type instanceof Flag;
    return named ? Stream.of("", 1) : Stream.of(" ", true);
  }

  private static Stream<Object> outside(Real real) {
    double below = real.minIncluded() ? Math.nextDown(real.min()) : real.min();
    return Stream.of(
        below,
        Math.nextUp(real.max()),
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY);
  }

  private static Stream<Object> outside(ListOf list) {
    List<Object> lists = new ArrayList<>();
    Object fitting = fitting(list.element());
    lists.add(Collections.nCopies(list.maxSize() + 1, fitting));
    if (list.minSize() > 0) {
      lists.add(Collections.nCopies(list.minSize() - 1, fitting));
    }
    int size = Math.max(1, list.minSize());
    outside(list.element()).forEach(value -> lists.add(Collections.nCopies(size, value)));
    return lists.stream();
  }

  private static Object fitting(OptionType type) {
    if (type instanceof Whole whole) {
      return whole.min();
    }
    return type instanceof Real real ? (Object) Math.nextUp(real.min()) : (Object) "text";
  }
}
