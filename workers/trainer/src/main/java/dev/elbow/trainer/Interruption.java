package dev.elbow.trainer;

/** Why an execution ends before its trial does. */
sealed interface Interruption {
  /** The coordinator ends the trial: a result. */
  record Stopped(String reason) implements Interruption {}

  /** Another execution owns the trial: nothing is reported. */
  record Lost() implements Interruption {}

  /** The worker shuts down: the trial goes on elsewhere from its checkpoint. */
  record HandedBack() implements Interruption {}
}
