package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.WorkerView;
import dev.elbow.coordinator.client.ExecutionStatus;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.client.SweepStatus.Best;
import dev.elbow.coordinator.client.SweepStatus.GoalStatus;
import dev.elbow.coordinator.client.TrialChange;
import dev.elbow.coordinator.client.WorkerList.WorkerStatus;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Rows;
import dev.elbow.coordinator.sweep.Goal;
import dev.elbow.messaging.Heartbeat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the coordinator shows in this JVM, as the records that programs see. */
final class Statuses {
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private Statuses() {}

  static SweepStatus of(SweepView view) {
    return of(view, view.running().stream().map(Statuses::of).toList());
  }

  /** Without what slots are at. */
  static SweepStatus brief(SweepView view) {
    return of(view, List.of());
  }

  private static SweepStatus of(SweepView view, List<ExecutionStatus> executions) {
    return new SweepStatus(
        view.sweep(),
        view.trials(),
        view.count(TrialState.QUEUED),
        view.count(TrialState.RUNNING),
        view.count(TrialState.COMPLETED),
        view.count(TrialState.STOPPED),
        view.count(TrialState.FAILED),
        view.count(TrialState.CANCELLED),
        view.paused(),
        view.finished(),
        view.waiting(),
        of(view.goal()),
        view.best().map(best -> best(view.sweep(), best)),
        executions,
        view.about().description(),
        view.about().tags(),
        view.about().submittedAt().toString());
  }

  private static GoalStatus of(Goal goal) {
    return new GoalStatus(goal.direction().word(), goal.column(), goal.instead());
  }

  private static Best best(String sweep, SweepView.Best best) {
    return new Best(new TrialId(sweep, best.trial()).folder(), best.figure());
  }

  static ExecutionStatus of(SweepView.Running running) {
    return of(running.worker(), running.execution());
  }

  private static ExecutionStatus of(String worker, Heartbeat.Execution execution) {
    return new ExecutionStatus(
        worker,
        execution.slot(),
        execution.trial().sweep(),
        execution.trial().folder(),
        execution.attempt(),
        execution.execution(),
        execution.phase().name().toLowerCase(Locale.ROOT),
        execution.epoch(),
        execution.step(),
        execution.steps(),
        execution.objective(),
        execution.imagesPerSecond());
  }

  static TrialChange of(TrialView view) {
    return new TrialChange(
        view.id().sweep(),
        view.id().folder(),
        view.state().word(),
        view.attempts(),
        view.worker(),
        view.outcome().map(Rows::figures).orElse(Map.of()),
        view.outcome().map(Rows::failure).orElse(""),
        view.outcome().map(Rows::message).orElse(""));
  }

  static WorkerStatus of(WorkerView view) {
    Heartbeat said = view.heartbeat();
    return new WorkerStatus(
        said.worker(),
        said.leaving(),
        said.slots(),
        view.silence().toNanos() / NANOS,
        said.capabilities().processor(),
        said.capabilities().precisions(),
        said.capabilities().plugins(),
        said.executions().stream().map(execution -> of(said.worker(), execution)).toList(),
        view.known().toNanos() / NANOS);
  }
}
