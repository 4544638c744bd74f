package dev.elbow.messaging;

import dev.elbow.api.TrialId;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A sign of life of a worker, every two seconds, and at once when a slot takes or ends a trial.
 *
 * @param worker its name, unique for each start
 * @param sequence counts from 1 for each worker
 * @param leaving whether it takes no more trials
 * @param slots how many trials it runs at once; 0 for a coordinator, which listens whether Kafka is
 *     there
 * @param capabilities what it can run
 * @param executions what its slots are at; a slot that is not named is free
 */
public record Heartbeat(
    String worker,
    long sequence,
    boolean leaving,
    int slots,
    Capabilities capabilities,
    List<Execution> executions) {
  public Heartbeat {
    executions = List.copyOf(executions);
  }

  /** Whether it comes from a coordinator, which is no worker. */
  public boolean ofCoordinator() {
    return slots == 0;
  }

  /**
   * What a worker can run.
   *
   * @param plugins {@code kind/name} of each
   * @param precisions {@code fp32}, …
   * @param processor for example {@code x86_64 AVX2}
   */
  public record Capabilities(List<String> plugins, List<String> precisions, String processor) {
    public Capabilities {
      plugins = List.copyOf(plugins);
      precisions = List.copyOf(precisions);
    }
  }

  /**
   * What a slot is at.
   *
   * @param phase what it does right now
   * @param epoch the epoch it is in, from 1; 0 before the first
   * @param step optimizer steps so far
   * @param steps of the whole trial; 0 while it is not known
   * @param objective mean of what is minimised over the last steps; empty before the first
   * @param imagesPerSecond of the last steps; 0 before the first
   */
  public record Execution(
      int slot,
      TrialId trial,
      int attempt,
      String execution,
      Phase phase,
      int epoch,
      long step,
      long steps,
      OptionalDouble objective,
      double imagesPerSecond) {}

  /** What a slot does. */
  public enum Phase {
    LOADING,
    TRAINING,
    EVALUATING,
    EXPORTING
  }
}
