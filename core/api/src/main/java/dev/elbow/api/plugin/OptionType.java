package dev.elbow.api.plugin;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The values that an option accepts. A value is always one of: {@link Long}, {@link Double}, {@link
 * Boolean}, {@link String}, an unmodifiable {@link List} of values, or an unmodifiable {@link Map}
 * from option name to value.
 */
public sealed interface OptionType {

  /**
   * The value that {@code raw} stands for.
   *
   * @param raw as a YAML or JSON reader gives it: any {@link Number}, {@link Boolean}, {@link
   *     String}, {@link List} or {@link Map}
   * @throws InvalidValueException with what was found and what is expected
   */
  Object parse(Object raw) throws InvalidValueException;

  /** What is expected, as it stands in a message: {@code an integer from 1 to 4096}. */
  String expected();

  /** A value does not fit. The message tells what was found and what is expected. */
  final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidValueException(String message) {
      super(message);
    }
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  record Whole(long min, long max) implements OptionType {
    @Override
    public Object parse(Object raw) throws InvalidValueException {
      if (!(raw instanceof Number number)) {
        throw mismatch(raw, this);
      }
      long value = whole(number, this);
      if (value < min || value > max) {
        throw outOfRange(raw, this);
      }
      return value;
    }

    @Override
    public String expected() {
      return max == Long.MAX_VALUE
          ? "an integer of at least " + min
          : "an integer from %d to %d".formatted(min, max);
    }

    private static long whole(Number number, OptionType type) throws InvalidValueException {
      try {
        return new BigDecimal(number.toString()).longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw mismatch(number, type);
      }
    }
  }

  /**
   * A finite number from {@code min} to {@code max}; {@code min} itself only if {@code
   * minIncluded}.
   */
  record Real(double min, boolean minIncluded, double max) implements OptionType {
    @Override
    public Object parse(Object raw) throws InvalidValueException {
      if (!(raw instanceof Number number)) {
        throw mismatch(raw, this);
      }
      double value = number.doubleValue();
      boolean aboveMin = minIncluded ? value >= min : value > min;
      if (!Double.isFinite(value) || !aboveMin || value > max) {
        throw outOfRange(raw, this);
      }
      return value + 0.0; // makes one value of 0.0 and -0.0
    }

    @Override
    public String expected() {
      String lower = (minIncluded ? "of at least " : "above ") + plain(min);
      if (max == Double.MAX_VALUE) {
        return min == -Double.MAX_VALUE ? "a finite number" : "a finite number " + lower;
      }
      return minIncluded
          ? "a number from %s to %s".formatted(plain(min), plain(max))
          : "a number above %s, up to %s".formatted(plain(min), plain(max));
    }
  }

  /** True or false. */
  record Flag() implements OptionType {
    @Override
    public Object parse(Object raw) throws InvalidValueException {
      if (raw instanceof Boolean) {
        return raw;
      }
      throw mismatch(raw, this);
    }

    @Override
    public String expected() {
      return "true or false";
    }
  }

  /** One of some words. */
  record Choice(List<String> words) implements OptionType {
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public Object parse(Object raw) throws InvalidValueException {
      if (raw instanceof String && words.contains(raw)) {
        return raw;
      }
      throw mismatch(raw, this);
    }

    @Override
    public String expected() {
      return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }
  }

  /** Any text that is not blank: a path below the data folder, a name. */
  record Text() implements OptionType {
    @Override
    public Object parse(Object raw) throws InvalidValueException {
      if (raw instanceof String text && !text.isBlank()) {
        return raw;
      }
      throw mismatch(raw, this);
    }

    @Override
    public String expected() {
      return "text";
    }
  }

  /**
   * The name of a class: text that is not blank, or a whole number, which stands for its digits.
   */
  record Label() implements OptionType {
    @Override
    public Object parse(Object raw) throws InvalidValueException {
      if (raw instanceof Number number) {
        return String.valueOf(Whole.whole(number, this));
      }
      return new Text().parse(raw);
    }

    @Override
    public String expected() {
      return "the name of a class";
    }
  }

  /** A list of {@code minSize} to {@code maxSize} values of one type. */
  record ListOf(OptionType element, int minSize, int maxSize) implements OptionType {
    @Override
    public Object parse(Object raw) throws InvalidValueException {
      if (!(raw instanceof List<?> list)) {
        throw mismatch(raw, this);
      }
      if (list.size() < minSize || list.size() > maxSize) {
        throw outOfRange(raw, this);
      }
      List<Object> values = new ArrayList<>();
      for (Object item : list) {
        values.add(element.parse(item));
      }
      return List.copyOf(values);
    }

    @Override
    public String expected() {
      return "a list of %d to %d values, each %s".formatted(minSize, maxSize, element.expected());
    }
  }

  /**
   * One of several named ways, each with options of its own: written as the name alone or as a map
   * {@code {name: …, option: value}}. Its value is always that map, complete.
   */
  record Variant(Map<String, List<Option>> ways) implements OptionType {
    /** The key under which the chosen way's name stands. */
    public static final String NAME = "name";

    public Variant {
      ways = new LinkedHashMap<>(ways);
    }

    @Override
    public Object parse(Object raw) throws InvalidValueException {
      Map<?, ?> map =
          raw instanceof String
              ? Map.of(NAME, raw)
              : raw instanceof Map<?, ?> given ? given : Map.of();
      if (!(map.get(NAME) instanceof String name) || !ways.containsKey(name)) {
        throw mismatch(raw, this);
      }
      Map<String, Object> rest = new LinkedHashMap<>();
      map.forEach((key, value) -> rest.put(String.valueOf(key), value));
      rest.remove(NAME);
      Options.Checked checked = Options.check(ways.get(name), rest);
      if (!checked.problems().isEmpty()) {
        throw new InvalidValueException(
            checked.problems().stream()
                .map(p -> p.option() + ": " + p.message())
                .collect(Collectors.joining("; ")));
      }
      Map<String, Object> value = new LinkedHashMap<>(Map.of(NAME, name));
      value.putAll(checked.options().values());
      return java.util.Collections.unmodifiableMap(value);
    }

    @Override
    public String expected() {
      return "one of "
          + ways.keySet().stream().map(Variant.this::form).collect(Collectors.joining(", "));
    }

    private String form(String name) {
      List<Option> options = ways.get(name);
      return options.isEmpty()
          ? name
          : options.stream().map(Option::name).collect(Collectors.joining(", ", name + " {", "}"));
    }
  }

  private static InvalidValueException mismatch(Object raw, OptionType type) {
    return new InvalidValueException("expected %s, got %s".formatted(type.expected(), shown(raw)));
  }

  private static InvalidValueException outOfRange(Object raw, OptionType type) {
    return new InvalidValueException(
        "%s is out of range, expected %s".formatted(shown(raw), type.expected()));
  }

  private static String shown(Object raw) {
    String text = raw instanceof String ? "'" + raw + "'" : String.valueOf(raw);
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
