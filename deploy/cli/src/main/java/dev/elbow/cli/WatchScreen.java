package dev.elbow.cli;

import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.client.EvaluationPoint;
import dev.elbow.coordinator.client.LiveEvent;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.client.TrialChange;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** Shows a live stream: a line for what happens, and on a terminal how the sweep stands below. */
final class WatchScreen implements AutoCloseable {
  private static final int BAR = 30;

  private final Elbow elbow;
  private final Target target;
  private final Optional<Console> console;

  private WatchScreen(Elbow elbow, Target target, Optional<Console> console) {
    this.elbow = elbow;
    this.target = target;
    this.console = console;
  }

  static WatchScreen open(Elbow elbow, Target target) {
    Optional<Console> console =
        elbow.json() ? Optional.empty() : Console.open(System.getenv("NO_COLOR") == null);
    return new WatchScreen(elbow, target, console);
  }

  /** Whether a state is one that lasts. */
  static boolean hasEnded(String state) {
    return !state.equals("queued") && !state.equals("running");
  }

  /**
   * Shows an event.
   *
   * @return whether what is watched is over with it
   */
  boolean tell(LiveEvent event) {
    if (event instanceof LiveEvent.SweepChanged changed) {
      return changed(changed.sweep());
    }
    if (event instanceof LiveEvent.TrialChanged changed && isWatched(changed.trial().trial())) {
      show("trial", changed.trial(), line(changed.trial()));
      return target.trial().isPresent() && hasEnded(changed.trial().state());
    }
    if (event instanceof LiveEvent.Evaluated seen && isWatched(seen.evaluation().trial())) {
      show("evaluation", seen.evaluation(), line(seen.evaluation()));
    }
    if (event instanceof LiveEvent.Deleted deleted) {
      show("deleted", deleted, deleted.sweep() + " was deleted");
      return true;
    }
    return false;
  }

  private boolean isWatched(String trial) {
    return target.trial().map(id -> id.folder().equals(trial)).orElse(true);
  }

  private boolean changed(SweepStatus sweep) {
    console.ifPresent(found -> found.lines().show(drawn(sweep)));
    if (elbow.json()) {
      System.out.println(object("sweep", sweep));
    }
    return sweep.finished();
  }

  private static List<AttributedString> drawn(SweepStatus sweep) {
    int ended = StatusText.ended(sweep);
    List<AttributedString> drawn = new ArrayList<>();
    String bar = Bar.of((double) ended / sweep.trials(), BAR);
    drawn.add(
        new AttributedString(
            "%s %s %d/%d trials%s"
                .formatted(
                    sweep.sweep(), bar, ended, sweep.trials(), sweep.paused() ? "  paused" : "")));
    sweep.executions().forEach(at -> drawn.add(new AttributedString(" " + StatusText.of(at))));
    sweep.waiting().ifPresent(why -> drawn.add(new AttributedString(" trials wait: " + why)));
    return drawn;
  }

  private void show(String word, Object fact, String line) {
    if (elbow.json()) {
      System.out.println(object(word, fact));
    }
    people(line);
  }

  private void people(String line) {
    PrintStream out = elbow.people();
    console.ifPresentOrElse(
        found -> found.lines().print(line + System.lineSeparator()), () -> out.println(line));
  }

  /** One JSON object that says first what it is about. */
  private static String object(String event, Object fact) {
    return "{\"event\":\"%s\",%s".formatted(event, StatusText.json(fact).substring(1));
  }

  /** {@code trial 0003 started}, {@code trial 0003 completed in 15.2 s: loss 109.64}. */
  static String line(TrialChange trial) {
    String name = "trial " + trial.trial();
    return switch (trial.state()) {
      case "running" -> name + " started" + again(trial);
      case "queued" -> name + " is queued again";
      case "completed" -> name + " completed" + figures(trial.figures());
      case "failed" -> "%s failed: %s: %s".formatted(name, trial.failure(), trial.message());
      default ->
          name + " " + trial.state() + (trial.message().isEmpty() ? "" : ": ") + trial.message();
    };
  }

  private static String again(TrialChange trial) {
    return trial.attempts() > 1 ? " again (attempt %d)".formatted(trial.attempts()) : "";
  }

  private static String figures(Map<String, Double> figures) {
    if (!figures.containsKey("seconds") || !figures.containsKey("test_loss")) {
      return "";
    }
    return String.format(
        Locale.ROOT, " in %.1f s: loss %.2f", figures.get("seconds"), figures.get("test_loss"));
  }

  /**
   * {@code trial 0003 epoch 4/10 loss 109.64 reconstruction 85.12 kl 24.52}, on the test images.
   */
  static String line(EvaluationPoint evaluation) {
    CurvePoint point = evaluation.point();
    return "trial %s %s loss %s reconstruction %s kl %s"
        .formatted(
            evaluation.trial(),
            reached(evaluation),
            figure(point, "test_loss"),
            figure(point, "test_reconstruction"),
            figure(point, "test_kl"));
  }

  private static String reached(EvaluationPoint evaluation) {
    CurvePoint point = evaluation.point();
    return evaluation.steps() > 0
        ? "step %d/%d".formatted(point.step(), evaluation.steps())
        : "epoch %d/%d".formatted(point.epoch(), evaluation.epochs());
  }

  private static String figure(CurvePoint point, String column) {
    Double figure = point.figures().get(column);
    return figure == null ? "unknown" : Figures.nats(figure);
  }

  @Override
  public void close() {
    console.ifPresent(Console::close);
  }
}
