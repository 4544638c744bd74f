package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.coordinator.client.AnswerFormat;
import dev.elbow.coordinator.client.ExecutionStatus;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.client.TrialStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How sweeps and trials stand, in words. */
final class StatusText {
  private StatusText() {}

  /** The answer of a coordinator on one line. */
  static String json(Object answer) {
    return new String(AnswerFormat.write(answer), UTF_8);
  }

  /** {@code tiny: 2 of 4 trials have ended: 2 completed, 1 running, 1 queued}, and what follows. */
  static List<String> of(SweepStatus sweep) {
    List<String> lines = new ArrayList<>();
    lines.add(summary(sweep));
    sweep.waiting().ifPresent(why -> lines.add("Trials wait: " + why));
    sweep
        .best()
        .ifPresent(
            best ->
                lines.add(
                    "best trial %s: %s %s"
                        .formatted(
                            best.trial(), sweep.goal().column(), Figures.nats(best.figure()))));
    sweep.executions().forEach(execution -> lines.add(of(execution)));
    return lines;
  }

  private static String summary(SweepStatus sweep) {
    String counts =
        counts(sweep).entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return "%s%s: %d of %d trials have ended: %s"
        .formatted(
            sweep.sweep(), sweep.paused() ? " (paused)" : "", ended(sweep), sweep.trials(), counts);
  }

  private static Map<String, Integer> counts(SweepStatus sweep) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("completed", sweep.completed());
    counts.put("stopped", sweep.stopped());
    counts.put("failed", sweep.failed());
    counts.put("cancelled", sweep.cancelled());
    counts.put("running", sweep.running());
    counts.put("queued", sweep.queued());
    return counts;
  }

  /** How many trials have ended, in whatever way. */
  static int ended(SweepStatus sweep) {
    return sweep.completed() + sweep.stopped() + sweep.failed() + sweep.cancelled();
  }

  /** {@code trial 0003 training step 120/400 at 41,203 images/s (worker-1a2b3c4d, slot 1)}. */
  static String of(ExecutionStatus execution) {
    String steps = execution.steps() == 0 ? "" : "/" + execution.steps();
    return "trial %s %s step %d%s at %s images/s (%s, slot %d)"
        .formatted(
            execution.trial(),
            execution.phase(),
            execution.step(),
            steps,
            Figures.rate(execution.imagesPerSecond()),
            execution.worker(),
            execution.slot());
  }

  /** State, parameters, figures and what went wrong. */
  static List<String> of(TrialStatus trial) {
    List<String> lines = new ArrayList<>();
    lines.add("%s/%s: %s".formatted(trial.sweep(), trial.trial(), trial.state()));
    lines.add("attempts %d, seed %d".formatted(trial.attempts(), trial.seed()));
    trial.parameters().forEach((name, value) -> lines.add(name + " " + OptionText.of(value)));
    trial.figures().forEach((name, value) -> lines.add(name + " " + OptionText.of(value)));
    if (!trial.message().isEmpty()) {
      lines.add((trial.failure() + " " + trial.message()).strip());
    }
    trial.execution().ifPresent(execution -> lines.add(of(execution)));
    return lines;
  }
}
