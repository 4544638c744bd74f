package dev.elbow.coordinator.registry;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registered model is called.
 *
 * @param name in letters of a sweep's name
 * @param version from 1; empty for the latest, or for the next where one is made
 */
public record ModelName(String name, OptionalInt version) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9][a-z0-9._-]{0,62})(?::([1-9][0-9]{0,8}))?");

  /**
   * Reads {@code NAME} and {@code NAME:VERSION}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ModelName parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found '%s', expected NAME or NAME:VERSION, a name of a-z, 0-9, '.', '_' and '-' (at most 63, no sign first) and a version from 1"
              .formatted(text));
    }
    String version = matcher.group(2);
    return new ModelName(
        matcher.group(1),
        version == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(version)));
  }

  /** Whether {@link #parse} takes it. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** As it is read. */
  @Override
  public String toString() {
    return version.isPresent() ? name + ":" + version.getAsInt() : name;
  }
}
