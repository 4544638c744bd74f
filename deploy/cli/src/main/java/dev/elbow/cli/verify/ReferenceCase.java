package dev.elbow.cli.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sweep that is trained to see whether it gives known figures.
 *
 * @param name of the case, and of the sweep that is trained
 * @param about what it is, in a sentence
 * @param sweep the example that it starts from, without {@code .yaml}
 * @param change sections that replace those of the example
 * @param data the folder below {@code --data} that it needs; empty text for none
 * @param minutes what it takes on two cores, about
 * @param isLong whether it runs with {@code --all} alone
 * @param scores options of {@code elbow evaluate}; empty for no scores
 * @param checks what is expected
 */
public record ReferenceCase(
    String name,
    String about,
    String sweep,
    Map<String, Object> change,
    String data,
    double minutes,
    boolean isLong,
    List<String> scores,
    List<Check> checks) {
  public ReferenceCase {
    change = Collections.unmodifiableMap(new LinkedHashMap<>(change));
    scores = List.copyOf(scores);
    checks = List.copyOf(checks);
  }

  /** Whether a check is about this figure. */
  public boolean names(String figure) {
    return checks.stream()
        .anyMatch(
            check ->
                check.figure().equals(figure)
                    || check.expectation() instanceof Check.Equal equal
                        && equal.other().equals(figure));
  }
}
