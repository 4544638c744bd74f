package dev.elbow.cli;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.Evaluation;
import dev.elbow.api.FailureKind;
import dev.elbow.api.Losses;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.plugin.Options;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.Goal;
import dev.elbow.messaging.Heartbeat;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a coordinator says, made up. */
final class Samples {
  private Samples() {}

  static TrialId id(int number) {
    return new TrialId("tiny", number);
  }

  /** Ten epochs in batches of 128. */
  static Trial trial(int number) {
    PluginChoice any = new PluginChoice("any", new Options(Map.of()));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("latent", 10L);
    parameters.put("beta", 0.5 * number);
    DatasetChoice data = new DatasetChoice(any, 0, "");
    Training training = new Training(Options.defaults(Training.declared()));
    return new Trial(id(number), parameters, 7, data, any, any, any, 10, training);
  }

  static Evaluation evaluation(int epoch) {
    Losses test = new Losses(85.12, 24.52);
    return new Evaluation(
        epoch, 0, 0, test, Optional.empty(), test, List.of(), List.of(), 1.5, 41203);
  }

  static TrialView completed(int number) {
    TrialOutcome outcome = new TrialOutcome.Completed(evaluation(10), 3.1e-6, 15.24, 41203);
    return new TrialView(
        id(number), TrialState.COMPLETED, 1, Optional.of("worker"), Optional.of(outcome));
  }

  static TrialView failed(int number) {
    TrialOutcome outcome =
        new TrialOutcome.Failed(FailureKind.DIVERGED, "epoch 3, step 204: the loss is NaN", 2);
    return new TrialView(
        id(number), TrialState.FAILED, 1, Optional.of("worker"), Optional.of(outcome));
  }

  static TrialView in(TrialState state, int number, int attempts) {
    return new TrialView(id(number), state, attempts, Optional.empty(), Optional.empty());
  }

  /** A sweep of six trials of which some have ended, with one slot at the fourth of ten epochs. */
  static SweepView sweep(int completed, int failed, Optional<String> waiting) {
    Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    for (TrialState state : TrialState.values()) {
      counts.put(state, 0);
    }
    counts.put(TrialState.COMPLETED, completed);
    counts.put(TrialState.FAILED, failed);
    Heartbeat.Execution execution =
        new Heartbeat.Execution(
            1,
            id(3),
            1,
            "x",
            Heartbeat.Phase.TRAINING,
            4,
            350,
            1000,
            OptionalDouble.empty(),
            41203);
    List<SweepView.Running> running = List.of(new SweepView.Running("worker", execution));
    Goal goal = new Goal(Goal.Direction.MINIMIZE, "test_loss", Optional.empty());
    SweepView.About about = new SweepView.About("", List.of(), Instant.EPOCH);
    return new SweepView("tiny", 6, counts, running, goal, Optional.empty(), false, waiting, about);
  }
}
