package dev.elbow.coordinator;

import dev.elbow.api.TrialId;

/** The sweep has fewer trials. */
public final class UnknownTrialException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownTrialException(TrialId trial, int trials) {
    super(
        "there is no trial %s of sweep '%s', which has trials 0001 to %04d"
            .formatted(trial.folder(), trial.sweep(), trials));
  }
}
