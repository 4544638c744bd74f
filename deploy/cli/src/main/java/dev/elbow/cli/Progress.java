package dev.elbow.cli;

import dev.elbow.api.Evaluation;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;

/** Shows how a sweep gets on. Thread-safe. */
interface Progress extends AutoCloseable {
  /**
   * A slot began with a trial.
   *
   * @param attempt above 1 where an earlier one was lost
   */
  void started(TrialId trial, int attempt);

  /** A trial was evaluated. */
  void evaluated(TrialId trial, Evaluation evaluation);

  /** A trial is over, and its files, if it has some, are in their place. */
  void ended(TrialView trial);

  /** Something of the sweep changed: how many trials are where, what the slots are at. */
  void changed(SweepView sweep);

  /** A fraction of a second has passed. */
  void tick();

  /** Something that people should know. */
  void note(String text);

  /** Leaves the terminal as it was found; nothing is shown any more. */
  @Override
  void close();
}
