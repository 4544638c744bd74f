package dev.elbow.coordinator.sweep;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of reading a sweep file.
 *
 * @param source its name, for messages
 * @param sweep present exactly if there are no problems
 * @param problems all there are, in the order of the file
 */
public record Reading(String source, Optional<Sweep> sweep, List<Problem> problems) {
  private static final int MOST_LISTED = 100;

  public Reading {
    problems = problems.stream().sorted().toList();
    if (sweep.isPresent() == !problems.isEmpty()) {
      throw new IllegalArgumentException("a reading has either a sweep or problems");
    }
  }

  /** The first 100 problems for people, one a line, and how many there are; empty if none are. */
  public String report() {
    if (problems.isEmpty()) {
      return "";
    }
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    int more = problems.size() - MOST_LISTED;
    String rest = more > 0 ? "\nand %d more problems".formatted(more) : "";
    return problems.stream()
        .limit(MOST_LISTED)
        .map(problem -> problem.in(source))
        .collect(Collectors.joining("\n", "", rest + "\n" + count + ". Nothing was queued."));
  }
}
