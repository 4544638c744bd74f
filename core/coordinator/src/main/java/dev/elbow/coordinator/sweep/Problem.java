package dev.elbow.coordinator.sweep;

/**
 * Something is wrong with a sweep file.
 *
 * @param line from 1; 0 if it is about the whole file
 * @param column from 1, in characters; 0 if it is about the whole file
 * @param place the key as a dotted path, for example {@code parameters.latent}; empty where the
 *     text is no YAML
 * @param message what was found and what is expected
 */
public record Problem(int line, int column, String place, String message)
    implements Comparable<Problem> {

  /** A problem of the whole file. */
  static Problem ofFile(String message) {
    return new Problem(0, 0, "", message);
  }

  /** For people: {@code mnist.yaml:14:17 parameters.latent: 0 is out of range, …}. */
  public String in(String source) {
    String position = line == 0 ? source + ":" : "%s:%d:%d".formatted(source, line, column);
    return place.isEmpty()
        ? "%s %s".formatted(position, message)
        : "%s %s: %s".formatted(position, place, message);
  }

  @Override
  public int compareTo(Problem other) {
    return line != other.line ? Integer.compare(line, other.line) : column - other.column;
  }
}
