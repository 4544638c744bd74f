package dev.elbow.api.plugin;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * An option that a plugin declares, so that a bad sweep is refused before anything is queued.
 *
 * @param name camelCase, unique within the plugin
 * @param type the values it accepts
 * @param defaultValue used where the sweep gives none; empty if the sweep must give one
 * @param meaning one sentence for people, with the unit if there is one
 */
public record Option(String name, OptionType type, Optional<Object> defaultValue, String meaning) {
  public Option {
    requireNonNull(meaning, "meaning is null");
    if (!name.matches("[a-z][A-Za-z0-9]*")) {
      throw new IllegalArgumentException("an option's name is camelCase, got '%s'".formatted(name));
    }
    defaultValue = defaultValue.map(value -> parsed(name, type, value));
  }

  /** A whole number from {@code min} to {@code max}. */
  public static Option whole(String name, long min, long max, long defaultValue, String meaning) {
    return new Option(name, new OptionType.Whole(min, max), Optional.of(defaultValue), meaning);
  }

  /**
   * A number from {@code min} to {@code max}, ends included; {@link Double#MAX_VALUE} for no upper
   * limit.
   */
  public static Option real(
      String name, double min, double max, double defaultValue, String meaning) {
    return new Option(
        name, new OptionType.Real(min, true, max), Optional.of(defaultValue), meaning);
  }

  /** A number above 0. */
  public static Option positive(String name, double defaultValue, String meaning) {
    return new Option(
        name, new OptionType.Real(0, false, Double.MAX_VALUE), Optional.of(defaultValue), meaning);
  }

  /** True or false. */
  public static Option flag(String name, boolean defaultValue, String meaning) {
    return new Option(name, new OptionType.Flag(), Optional.of(defaultValue), meaning);
  }

  /** One of {@code words}; the first is the default. */
  public static Option choice(String name, List<String> words, String meaning) {
    return new Option(name, new OptionType.Choice(words), Optional.of(words.get(0)), meaning);
  }

  /** A list of whole numbers, each from {@code min} to {@code max}. */
  public static Option wholes(
      String name,
      int minSize,
      int maxSize,
      long min,
      long max,
      List<Integer> defaultValue,
      String meaning) {
    OptionType type = new OptionType.ListOf(new OptionType.Whole(min, max), minSize, maxSize);
    return new Option(name, type, Optional.of(defaultValue), meaning);
  }

  /** Names of classes, none by default; a whole number stands for its digits. */
  public static Option labels(String name, String meaning) {
    OptionType type = new OptionType.ListOf(new OptionType.Label(), 0, 1_000_000);
    return new Option(name, type, Optional.of(List.of()), meaning);
  }

  /** Text that every sweep must give. */
  public static Option requiredText(String name, String meaning) {
    return new Option(name, new OptionType.Text(), Optional.empty(), meaning);
  }

  private static Object parsed(String name, OptionType type, Object value) {
    try {
      return type.parse(value);
    } catch (OptionType.InvalidValueException e) {
      throw new IllegalArgumentException(
          "the default of option '%s': %s".formatted(name, e.getMessage()), e);
    }
  }
}
