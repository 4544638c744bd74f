package dev.elbow.acceptance.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run showed: lines as they come, and a table in the end. For one thread. */
final class Report {
  private final PrintStream out;
  private final long started = System.nanoTime();
  private final List<String[]> rows = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, List<Duration>> delays = new TreeMap<>();

  Report(PrintStream out) {
    this.out = out;
  }

  /** Something that happened, at once. */
  void say(String text) {
    double seconds = (System.nanoTime() - started) * 1e-9;
    out.printf(Locale.ROOT, "%7.1f s  %s%n", seconds, text);
  }

  /** A blow that hit, at once; its delays go to the table. */
  void hit(Hit hit) {
    say("%s: %s".formatted(hit.what(), hit.proof()));
    hit.delays()
        .forEach(
            (what, took) -> delays.computeIfAbsent(what, first -> new ArrayList<>()).add(took));
  }

  /** A line of the table. */
  void row(String what, String seen) {
    rows.add(new String[] {what, seen});
  }

  /** What must not be: the run has failed. */
  void problems(Collection<String> found) {
    problems.addAll(found);
  }

  /** All that must not be. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Prints the table and the problems. */
  void print() {
    delays.forEach((what, took) -> row(what, distribution(took)));
    row(
        "verdict",
        problems.isEmpty() ? "as if nothing had happened" : problems.size() + " problems");
    int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
    out.println();
    rows.forEach(row -> out.printf("%-" + width + "s  %s%n", row[0], row[1]));
    problems.stream().limit(50).forEach(problem -> out.println("PROBLEM " + problem));
  }

  private static String distribution(List<Duration> took) {
    List<Double> seconds = took.stream().map(d -> d.toMillis() / 1000.0).sorted().toList();
    return String.format(
        Locale.ROOT,
        "n = %d, least %.1f s, median %.1f s, most %.1f s",
        seconds.size(),
        seconds.get(0),
        seconds.get((seconds.size() - 1) / 2),
        seconds.get(seconds.size() - 1));
  }
}
