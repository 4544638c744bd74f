package dev.elbow.cli.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Something that is expected of trained models, or shown. Immutable and thread-safe.
 *
 * @param figure the column that it is about
 * @param where only of trials whose parameters have these values
 * @param source who says so
 */
public record Check(
    String figure, Map<String, String> where, Expectation expectation, String source) {
  public Check {
    where = Map.copyOf(where);
  }

  /** What is expected of a column. */
  public sealed interface Expectation {}

  /** Every trial within {@code tolerance} of a figure. */
  public record Near(double value, double tolerance) implements Expectation {}

  /** Every trial at or below a figure. */
  public record AtMost(double value) implements Expectation {}

  /** Every trial within {@code tolerance} of another of its figures. */
  public record Equal(String other, double tolerance) implements Expectation {}

  /** No trial above another of its figures by more than a share of that; below as far as it is. */
  public record NoWorse(String other, double share) implements Expectation {}

  /** The trials of every setting above, or below, all those of the setting before. */
  public record Ordered(String along, boolean rising) implements Expectation {}

  /** Nothing: the figures of every setting are shown. */
  public record Shown(String along) implements Expectation {}

  /** Judges trials. */
  public Finding judge(List<Measured> trials) {
    List<Measured> meant = trials.stream().filter(trial -> trial.has(where)).toList();
    List<Measured> unknown =
        meant.stream().filter(trial -> !Double.isFinite(trial.figure(figure))).toList();
    if (meant.isEmpty() || !unknown.isEmpty()) {
      return Finding.of(false, expected(), "not measured");
    }
    if (expectation instanceof Near near) {
      return near(meant, near);
    }
    if (expectation instanceof AtMost most) {
      boolean passed = meant.stream().allMatch(trial -> trial.figure(figure) <= most.value());
      return Finding.of(passed, expected(), each(meant));
    }
    if (expectation instanceof Equal equal) {
      return equal(meant, equal);
    }
    if (expectation instanceof NoWorse worse) {
      return noWorse(meant, worse);
    }
    return expectation instanceof Ordered ordered
        ? ordered(meant, ordered)
        : shown(meant, ((Shown) expectation).along());
  }

  private Finding near(List<Measured> trials, Near near) {
    boolean passed =
        trials.stream()
            .allMatch(trial -> Math.abs(trial.figure(figure) - near.value()) <= near.tolerance());
    return Finding.of(passed, expected(), each(trials));
  }

  private Finding equal(List<Measured> trials, Equal equal) {
    double largest = 0;
    for (Measured trial : trials) {
      double difference = Math.abs(trial.figure(figure) - trial.figure(equal.other()));
      // What is not known is as far away as can be.
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    String measured =
        String.format(Locale.ROOT, "largest difference %.1e (%s)", largest, count(trials));
    return Finding.of(largest <= equal.tolerance(), expected(), measured);
  }

  private Finding noWorse(List<Measured> trials, NoWorse worse) {
    boolean passed = true;
    List<String> measured = new ArrayList<>();
    for (Measured trial : trials) {
      double share = trial.figure(figure) / trial.figure(worse.other()) - 1;
      passed &= share <= worse.share();
      measured.add(
          String.format(
              Locale.ROOT, "%s (%+.1f %%)", Range.text(trial.figure(figure)), 100 * share));
    }
    return Finding.of(passed, expected(), String.join(", ", measured));
  }

  private Finding ordered(List<Measured> trials, Ordered ordered) {
    List<Range> ranges = ranges(trials, ordered.along());
    boolean passed = ranges.size() > 1;
    for (int i = 1; i < ranges.size(); i++) {
      String sign = Range.sign(ranges.get(i - 1), ranges.get(i));
      passed &= sign.equals(ordered.rising() ? "<" : ">");
    }
    return Finding.of(passed, expected(), chain(ranges));
  }

  private Finding shown(List<Measured> trials, String along) {
    String measured = along.isEmpty() ? each(trials) : chain(ranges(trials, along));
    return new Finding(Finding.Verdict.SHOWN, expected(), measured);
  }

  private List<Range> ranges(List<Measured> trials, String along) {
    Map<Double, List<Double>> bySetting = new TreeMap<>();
    for (Measured trial : trials) {
      double setting = Double.parseDouble(trial.parameters().getOrDefault(along, "NaN"));
      bySetting.computeIfAbsent(setting, key -> new ArrayList<>()).add(trial.figure(figure));
    }
    return bySetting.values().stream().map(Range::new).toList();
  }

  private static String chain(List<Range> ranges) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ranges.size(); i++) {
      text.append(i == 0 ? "" : " " + Range.sign(ranges.get(i - 1), ranges.get(i)) + " ");
      text.append(ranges.get(i).text());
    }
    return text.toString();
  }

  private String each(List<Measured> trials) {
    return new Range(trials.stream().map(trial -> trial.figure(figure)).toList()).text();
  }

  private static String count(List<Measured> trials) {
    return trials.size() == 1 ? "1 trial" : trials.size() + " trials";
  }

  /** What is expected, in words. */
  public String expected() {
    if (expectation instanceof Near near) {
      return "%s ± %s".formatted(Range.text(near.value()), Range.text(near.tolerance()));
    }
    if (expectation instanceof AtMost most) {
      return "at most " + Range.text(most.value());
    }
    if (expectation instanceof Equal equal) {
      return String.format(Locale.ROOT, "%s ± %.0e", equal.other(), equal.tolerance());
    }
    if (expectation instanceof NoWorse worse) {
      return String.format(Locale.ROOT, "at most %s + %.0f %%", worse.other(), 100 * worse.share());
    }
    if (expectation instanceof Ordered ordered) {
      return "%s with %s".formatted(ordered.rising() ? "rises" : "falls", ordered.along());
    }
    String along = ((Shown) expectation).along();
    return along.isEmpty() ? "" : "by " + along;
  }

  /** What it is about, in words: {@code test_kl (objective.plugin elbo)}. */
  public String about() {
    String limits =
        where.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(value -> value.getKey() + " " + value.getValue())
            .collect(Collectors.joining(", "));
    return limits.isEmpty() ? figure : "%s (%s)".formatted(figure, limits);
  }
}
