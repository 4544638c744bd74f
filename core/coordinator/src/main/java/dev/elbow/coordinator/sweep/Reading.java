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
  public Reading {
    problems = problems.stream().sorted().toList();
    if (sweep.isPresent() == !problems.isEmpty()) {
      throw new IllegalArgumentException("a reading has either a sweep or problems");
    }
  }

  /** The problems for people, one a line, and how many there are; empty if there are none. */
  public String report() {
    if (problems.isEmpty()) {
      return "";
    }
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> problem.in(source))
        .collect(Collectors.joining("\n", "", "\n" + count + ". Nothing was queued."));
  }
}
