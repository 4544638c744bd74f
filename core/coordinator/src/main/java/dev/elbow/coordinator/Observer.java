package dev.elbow.coordinator;

import dev.elbow.api.Trial;
import dev.elbow.messaging.MetricPoint;

/**
 * Is told what happens to sweeps. Called on the coordinator's event loop, one call at a time: must
 * return at once.
 */
public interface Observer {
  /** Something of a sweep changed. Several changes in short order come as one. */
  default void changed(SweepView sweep) {}

  /** A trial was queued again, began or ended. */
  default void changed(TrialView trial) {}

  /** A running trial was evaluated; only the execution that owns its trial is heard. */
  default void measured(MetricPoint point, Trial trial) {}

  /** A sweep is gone. Another one may take its name. */
  default void deleted(String sweep) {}
}
