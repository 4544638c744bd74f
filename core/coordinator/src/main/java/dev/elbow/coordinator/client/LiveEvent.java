package dev.elbow.coordinator.client;

/** A word of a live stream. */
public sealed interface LiveEvent {
  /** The stream begins, and nothing was missed. */
  record Opened(String position) implements LiveEvent {}

  /** The stream begins, and something may have been missed: read again what is shown. */
  record Reset(String position, String reason) implements LiveEvent {}

  /** How a sweep stands; of several in short order only the last is told. */
  record SweepChanged(SweepStatus sweep) implements LiveEvent {}

  /** A trial was queued again, began or ended. */
  record TrialChanged(TrialChange trial) implements LiveEvent {}

  /** A running trial was evaluated. */
  record Evaluated(EvaluationPoint evaluation) implements LiveEvent {}

  /** A sweep is gone. */
  record Deleted(String sweep) implements LiveEvent {}
}
