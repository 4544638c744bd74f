package dev.elbow.acceptance.chaos;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events as a coordinator and its workers write them, of trials that nobody has trained. */
final class LoggedTrials {
  /** An end like any other. */
  static final TrialOutcome COMPLETED =
      new TrialOutcome.Completed(
          new Evaluation(
              10,
              80,
              54.5,
              new Losses(50, 4.5),
              Optional.empty(),
              new Losses(51, 4.25),
              List.of(0.5, 0.25, 0.125),
              List.of(0.25, 0.5, 0.75),
              1.5,
              3400),
          4.75e-7,
          1.75,
          3400);

  private LoggedTrials() {}

  /** The whole life of a trial: queued, started, ended and committed. */
  static List<Event> life(long epoch, TrialId trial) {
    Instant at = Instant.now();
    String execution = "%s-%d".formatted(trial.sweep(), trial.number());
    Map<String, String> files = Map.of("vae.onnx", "0".repeat(64), "trial.json", "1".repeat(64));
    return List.of(
        new Event.Queued(epoch, trial, 1, Optional.empty(), at),
        new Event.Started(trial, 1, execution, "worker", 1, at),
        new Event.Ended(
            trial, 1, execution, "worker", COMPLETED, trial + "/" + execution, files, at),
        new Event.Committed(epoch, trial, 1, at));
  }
}
