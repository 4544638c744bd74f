package dev.elbow.messaging;

import dev.elbow.api.TrialId;

/** A word of the coordinator to every worker. */
public sealed interface Control {
  /** The trial that it is about. */
  TrialId trial();

  /**
   * Every execution of the trial up to {@code attempt} ends at once and reports {@code Stopped} or
   * is dropped.
   */
  record Stop(TrialId trial, int attempt, String reason) implements Control {}

  /**
   * One execution lost its trial to another: it ends at once and reports nothing.
   *
   * @param execution the loser
   */
  record Lost(TrialId trial, String execution) implements Control {}
}
