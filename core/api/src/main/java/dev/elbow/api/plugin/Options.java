package dev.elbow.api.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checked values, one for each declared option, defaults filled in.
 *
 * @param values unmodifiable, in the order of declaration; values as {@link OptionType} names them
 */
public record Options(Map<String, Object> values) {
  public Options {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Something is wrong with one option.
   *
   * @param option its name as given
   * @param message what was found and what is expected
   */
  public record Problem(String option, String message) {}

  /**
   * The result of a check.
   *
   * @param options complete where {@code problems} is empty; otherwise without the options that
   *     have problems
   * @param problems all there are, in the order of declaration, unknown options last
   */
  public record Checked(Options options, List<Problem> problems) {
    /** The options; throws {@link IllegalArgumentException} with all problems if there are any. */
    public Options orThrow() {
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.valueOf(problems));
      }
      return options;
    }
  }

  /**
   * Checks {@code given} against {@code declared}: types, ranges, unknown names (with a
   * suggestion), missing ones.
   *
   * @param given as a YAML or JSON reader gives them
   */
  public static Checked check(List<Option> declared, Map<String, ?> given) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    declared.forEach(option -> read(option, given, values, problems));
    List<String> names = declared.stream().map(Option::name).toList();
    given.keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> problems.add(new Problem(name, unknown("option", name, names))));
    return new Checked(new Options(values), List.copyOf(problems));
  }

  /** Defaults for all of {@code declared}, which must have one each. */
  public static Options defaults(List<Option> declared) {
    return check(declared, Map.of()).orThrow();
  }

  /** These, and the defaults of those of {@code declared} that are not here and have one. */
  public Options completed(List<Option> declared) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    declared.forEach(
        option -> option.defaultValue().ifPresent(value -> all.putIfAbsent(option.name(), value)));
    return new Options(all);
  }

  /** {@code unknown option, did you mean 'x'?}, or the list of those there are if none is near. */
  public static String unknown(String what, String name, List<String> known) {
    Optional<String> near = Suggestion.nearest(name, known);
    if (near.isPresent()) {
      return "unknown %s, did you mean '%s'?".formatted(what, near.get());
    }
    return known.isEmpty()
        ? "unknown %s, there is none here".formatted(what)
        : "unknown %s, expected one of %s".formatted(what, String.join(", ", known));
  }

  public long whole(String name) {
    return value(name, Long.class);
  }

  /** A whole number that is known to fit an {@code int}. */
  public int count(String name) {
    return Math.toIntExact(whole(name));
  }

  public double real(String name) {
    return value(name, Double.class);
  }

  public boolean flag(String name) {
    return value(name, Boolean.class);
  }

  public String text(String name) {
    return value(name, String.class);
  }

  /** A list of whole numbers. */
  public int[] counts(String name) {
    List<?> list = value(name, List.class);
    return list.stream().mapToInt(item -> Math.toIntExact((Long) item)).toArray();
  }

  /** A list of numbers. */
  public double[] reals(String name) {
    List<?> list = value(name, List.class);
    return list.stream().mapToDouble(item -> ((Number) item).doubleValue()).toArray();
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    List<?> list = value(name, List.class);
    return list.stream().map(String.class::cast).toList();
  }

  /** Whether there is a value of this name. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A map-valued option: the name and options of a {@link OptionType.Variant}. */
  public Options variant(String name) {
    Map<?, ?> given = value(name, Map.class);
    Map<String, Object> map = new LinkedHashMap<>();
    given.forEach((key, value) -> map.put((String) key, value));
    return new Options(map);
  }

  private <T> T value(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "option '%s' is asked for as %s but is %s".formatted(name, type.getSimpleName(), value));
    }
    return type.cast(value);
  }

  private static void read(
      Option option, Map<String, ?> given, Map<String, Object> values, List<Problem> problems) {
    try {
      if (given.containsKey(option.name())) {
        values.put(option.name(), option.type().parse(given.get(option.name())));
      } else {
        values.put(option.name(), option.defaultValue().orElseThrow(() -> missing(option)));
      }
    } catch (OptionType.InvalidValueException e) {
      problems.add(new Problem(option.name(), e.getMessage()));
    }
  }

  private static OptionType.InvalidValueException missing(Option option) {
    return new OptionType.InvalidValueException("missing, expected " + option.type().expected());
  }
}
