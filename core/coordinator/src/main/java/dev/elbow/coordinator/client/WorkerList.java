package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Answer to {@code GET /api/workers}.
 *
 * @param workers that are alive, by name
 */
public record WorkerList(List<WorkerStatus> workers) {
  public WorkerList {
    workers = List.copyOf(workers);
  }

  /**
   * A worker.
   *
   * @param worker its name, unique for each start
   * @param leaving whether it takes no more trials
   * @param slots how many trials it runs at once
   * @param silentSeconds since its last sign of life
   * @param processor for example {@code x86_64 AVX2}
   * @param precisions {@code fp32}, …
   * @param plugins {@code kind/name} of each
   * @param executions what its slots are at; a slot that is not named is free
   * @param knownSeconds since the coordinator that answers first heard of it
   */
  public record WorkerStatus(
      String worker,
      boolean leaving,
      int slots,
      double silentSeconds,
      String processor,
      List<String> precisions,
      List<String> plugins,
      List<ExecutionStatus> executions,
      double knownSeconds) {}
}
