package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.QueuedTrial;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The trials that were queued before this coordinator began, without those that were seen in the
 * queue. Holds no more than these, however much the queue holds. For one thread.
 */
final class Inherited {
  private final Map<TrialId, Integer> unseen = new HashMap<>();

  Inherited(Collection<LoggedTrial> queued) {
    queued.forEach(trial -> unseen.put(trial.id(), trial.attempt()));
  }

  /** A record is in the queue. One that cannot be read is nobody's. */
  void saw(Delivery<QueuedTrial> record) {
    if (record instanceof Delivery.Message<QueuedTrial> message) {
      unseen.remove(message.value().trial().id(), message.value().attempt());
    }
  }

  /** The trials that were queued and not seen. */
  Set<TrialId> unseen() {
    return Set.copyOf(unseen.keySet());
  }

  /** Whether nothing has become of a trial since, and its record was not seen. */
  boolean lacks(LoggedTrial now) {
    return now.step() == Step.QUEUED && Integer.valueOf(now.attempt()).equals(unseen.get(now.id()));
  }
}
