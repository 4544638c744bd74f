package dev.elbow.cli;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object a line for programs, and the same in words on another stream for people. */
final class JsonProgress implements Progress {
  private final PrintStream out;
  private final Progress people;
  private final Clock clock;

  /**
   * @param out for programs
   * @param people for people
   * @param clock of the time that each object tells
   */
  JsonProgress(PrintStream out, Progress people, Clock clock) {
    this.out = out;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public void started(TrialId trial, int attempt) {
    Map<String, Object> object = object("started", trial);
    object.put("attempt", attempt);
    out.println(Json.line(object));
    people.started(trial, attempt);
  }

  @Override
  public void evaluated(TrialId trial, Evaluation evaluation) {
    Map<String, Object> object = object("evaluated", trial);
    put(object, evaluation);
    object.put("images_per_second", evaluation.imagesPerSecond());
    out.println(Json.line(object));
    people.evaluated(trial, evaluation);
  }

  @Override
  public void ended(TrialView trial) {
    Map<String, Object> object = object("ended", trial.id());
    object.put("state", trial.state().word());
    trial.outcome().ifPresent(outcome -> put(object, outcome));
    out.println(Json.line(object));
    people.ended(trial);
  }

  private static void put(Map<String, Object> object, TrialOutcome outcome) {
    if (outcome instanceof TrialOutcome.Completed completed) {
      put(object, completed.last());
      object.put("onnx_max_abs_error", completed.onnxMaxAbsError());
      object.put("images_per_second", completed.imagesPerSecond());
    } else if (outcome instanceof TrialOutcome.Failed failed) {
      object.put("failure", failed.kind().name());
      object.put("message", failed.message());
    } else {
      object.put("message", ((TrialOutcome.Stopped) outcome).reason());
    }
  }

  private Map<String, Object> object(String event, TrialId trial) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("event", event);
    object.put("time", clock.instant().toString());
    object.put("sweep", trial.sweep());
    object.put("trial", trial.folder());
    return object;
  }

  private static void put(Map<String, Object> object, Evaluation evaluation) {
    object.put("epoch", evaluation.epoch());
    object.put("step", evaluation.step());
    object.put("train_objective", evaluation.trainObjective());
    put(object, "train", evaluation.train());
    evaluation.validation().ifPresent(losses -> put(object, "validation", losses));
    put(object, "test", evaluation.test());
  }

  private static void put(Map<String, Object> object, String split, Losses losses) {
    object.put(split + "_loss", losses.loss());
    object.put(split + "_reconstruction", losses.reconstruction());
    object.put(split + "_kl", losses.kl());
  }

  @Override
  public void changed(SweepView sweep) {
    people.changed(sweep);
  }

  @Override
  public void tick() {
    people.tick();
  }

  @Override
  public void note(String text) {
    people.note(text);
  }

  @Override
  public void close() {
    out.flush();
    people.close();
  }
}
