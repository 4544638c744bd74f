package dev.elbow.api.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The values that a parameter may take. Values are those of {@link dev.elbow.api.plugin.Options}.
 */
public sealed interface Domain {

  /** These values and no others, in this order; at least one. */
  record Values(List<Object> values) implements Domain {
    public Values {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("values must not be empty");
      }
    }
  }

  /**
   * Every value from {@code min} to {@code max}, ends included.
   *
   * @param scale how the values between are spread
   * @param step distance from one value to the next, counted from {@code min}; empty for any value
   * @param whole only whole numbers
   */
  record Range(double min, double max, Scale scale, OptionalDouble step, boolean whole)
      implements Domain {
    public Range {
      if (!(min <= max)) {
        throw new IllegalArgumentException(
            "min <= max must hold, but got (min=%s, max=%s)".formatted(min, max));
      }
      if (scale == Scale.LOG && !(min > 0)) {
        throw new IllegalArgumentException("a log scale needs min above 0, got " + min);
      }
      if (step.isPresent() && !(step.getAsDouble() > 0)) {
        throw new IllegalArgumentException("step must be above 0, got " + step.getAsDouble());
      }
    }
  }

  /** How a range is spread. */
  enum Scale {
    LINEAR,
    LOG
  }
}
