package dev.elbow.messaging;

/**
 * Under which key a message is written: what people filter by, and what compaction keeps one of.
 */
final class Keys {
  private Keys() {}

  static String of(Event event) {
    if (event instanceof Event.Fact fact) {
      return fact.trial().toString();
    }
    return of((Event.Decision) event);
  }

  private static String of(Event.Decision decision) {
    if (decision instanceof Event.Leader leader) {
      return leader.coordinator();
    }
    if (decision instanceof Event.SweepSubmitted submitted) {
      return submitted.sweep();
    }
    if (decision instanceof Event.PrecisionChosen chosen) {
      return chosen.sweep();
    }
    if (decision instanceof Event.Commanded commanded) {
      return commanded.trial().map(Object::toString).orElse(commanded.sweep());
    }
    if (decision instanceof Event.Pruned pruned) {
      return pruned.sweep();
    }
    if (decision instanceof Event.Cleared cleared) {
      return cleared.sweep();
    }
    return ofTrial(decision);
  }

  private static String ofTrial(Event.Decision decision) {
    if (decision instanceof Event.Queued queued) {
      return queued.trial().toString();
    }
    if (decision instanceof Event.Committed committed) {
      return committed.trial().toString();
    }
    return ((Event.GivenUp) decision).trial().toString();
  }

  static String of(MetricPoint point) {
    return point.trial().toString();
  }

  static String of(Heartbeat heartbeat) {
    return heartbeat.worker();
  }

  /**
   * A word to one execution has a key of its own, or it would take a word to all out of the topic.
   */
  static String of(Control control) {
    String trial = control.trial().toString();
    return control instanceof Control.Lost lost ? trial + "/" + lost.execution() : trial;
  }
}
