package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.TrialState;
import java.util.Optional;

/**
 * A trial at one moment. Immutable.
 *
 * @param state where it stands
 * @param attempts how often it was queued; 0 before the first time
 * @param worker that has it or had it last; empty if none had
 * @param outcome how it ended; empty while it has not, and where it was cancelled
 */
public record TrialView(
    TrialId id,
    TrialState state,
    int attempts,
    Optional<String> worker,
    Optional<TrialOutcome> outcome) {}
