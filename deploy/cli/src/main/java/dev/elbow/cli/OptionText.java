package dev.elbow.cli;

import dev.elbow.api.plugin.OptionType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values of options as a sweep file would have them. */
final class OptionText {
  private OptionText() {}

  /** A value on one line: {@code 0.001}, {@code [400]}, {@code {name: adam, epsilon: 1.0E-8}}. */
  static String of(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(OptionText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof Double number ? real(number) : String.valueOf(value);
  }

  /** One word for a type: {@code integer}, {@code number}, {@code boolean}, {@code text}, … */
  static String type(OptionType type) {
    if (type instanceof OptionType.Whole) {
      return "integer";
    }
    if (type instanceof OptionType.Real) {
      return "number";
    }
    if (type instanceof OptionType.Flag) {
      return "boolean";
    }
    if (type instanceof OptionType.ListOf list) {
      return "list of " + type(list.element());
    }
    if (type instanceof OptionType.Choice) {
      return "choice";
    }
    return type instanceof OptionType.Variant ? "variant" : "text";
  }

  private static String real(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
