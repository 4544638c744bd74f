package dev.elbow.coordinator;

import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.Heartbeat.Capabilities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The workers that are alive, as their heartbeats tell. For one thread; times are of {@link
 * System#nanoTime}.
 */
final class Fleet {
  private final Map<String, Seen> workers = new HashMap<>();
  private final Map<String, SweepView.Running> executions = new HashMap<>();

  private record Seen(Heartbeat heartbeat, long first, long nanos) {}

  /** Whether this changes what can be run: a worker came, leaves, or has other slots. */
  boolean heard(Heartbeat heartbeat, long nanos) {
    Seen before = workers.get(heartbeat.worker());
    if (before != null && before.heartbeat().sequence() >= heartbeat.sequence()) {
      return false;
    }
    long first = before == null ? nanos : before.first();
    workers.put(heartbeat.worker(), new Seen(heartbeat, first, nanos));
    if (before != null) {
      before.heartbeat().executions().forEach(gone -> executions.remove(gone.execution()));
    }
    for (Heartbeat.Execution execution : heartbeat.executions()) {
      executions.put(execution.execution(), new SweepView.Running(heartbeat.worker(), execution));
    }
    return before == null || usable(before.heartbeat()) != usable(heartbeat);
  }

  private static int usable(Heartbeat heartbeat) {
    return heartbeat.leaving() ? 0 : heartbeat.slots();
  }

  /** Forgets the workers that were silent for longer than {@code lease}. */
  boolean forgetSilent(long nanos, Duration lease) {
    return workers.values().removeIf(seen -> silent(seen, nanos, lease));
  }

  private boolean silent(Seen seen, long nanos, Duration lease) {
    boolean silent = nanos - seen.nanos() > lease.toNanos();
    if (silent) {
      seen.heartbeat().executions().forEach(gone -> executions.remove(gone.execution()));
    }
    return silent;
  }

  /** All of them, by name. */
  List<WorkerView> workers(long nanos) {
    return workers.values().stream()
        .map(seen -> view(seen, nanos))
        .sorted(Comparator.comparing(view -> view.heartbeat().worker()))
        .toList();
  }

  private static WorkerView view(Seen seen, long nanos) {
    return new WorkerView(
        seen.heartbeat(),
        Duration.ofNanos(nanos - seen.nanos()),
        Duration.ofNanos(nanos - seen.first()));
  }

  /** How many workers take trials. */
  int takers() {
    return (int) workers.values().stream().filter(seen -> usable(seen.heartbeat()) > 0).count();
  }

  /** How many trials can be run at once. */
  int slots() {
    return workers.values().stream().mapToInt(seen -> usable(seen.heartbeat())).sum();
  }

  /** How many slots have nothing to do. */
  int freeSlots() {
    return workers.values().stream()
        .map(Seen::heartbeat)
        .mapToInt(heartbeat -> Math.max(0, usable(heartbeat) - heartbeat.executions().size()))
        .sum();
  }

  /**
   * Whether a worker says that it has a trial in a slot.
   *
   * @param ended an execution that is over, though its worker may not have said so with its last
   *     heartbeat
   */
  boolean isAt(TrialId trial, Optional<String> ended) {
    return executions.values().stream()
        .map(SweepView.Running::execution)
        .filter(at -> at.trial().equals(trial))
        .anyMatch(at -> ended.filter(at.execution()::equals).isEmpty());
  }

  /** What a worker last said of an execution. */
  Optional<SweepView.Running> running(String execution) {
    return Optional.ofNullable(executions.get(execution));
  }

  /**
   * Why no worker can run a trial; empty if one can.
   *
   * @param declined why workers have refused it, by worker
   */
  Optional<String> obstacle(Trial trial, Map<String, String> declined) {
    List<Heartbeat> able =
        workers.values().stream().map(Seen::heartbeat).filter(h -> usable(h) > 0).toList();
    if (able.isEmpty()) {
      return Optional.of("no worker is connected");
    }
    List<String> reasons = new ArrayList<>();
    for (Heartbeat worker : able) {
      Optional<String> lack = lack(worker.capabilities(), trial);
      if (lack.isEmpty() && !declined.containsKey(worker.worker())) {
        return Optional.empty();
      }
      String said = lack.orElseGet(() -> declined.get(worker.worker()));
      reasons.add("worker %s: %s".formatted(worker.worker(), said));
    }
    return Optional.of(String.join("; ", reasons.stream().distinct().limit(3).toList()));
  }

  private static Optional<String> lack(Capabilities capabilities, Trial trial) {
    Stream<String> parts =
        Stream.of(
            "dataset/" + trial.dataset().choice().plugin(),
            "encoder/" + trial.encoder().plugin(),
            "decoder/" + trial.decoder().plugin(),
            "objective/" + trial.objective().plugin());
    Stream<String> scores = trial.scores().stream().map(s -> "score/" + s.choice().plugin());
    List<String> missing =
        Stream.concat(parts, scores)
            .filter(plugin -> !capabilities.plugins().contains(plugin))
            .toList();
    if (!missing.isEmpty()) {
      return Optional.of("lacks the plugins " + String.join(", ", missing));
    }
    String precision = trial.training().precision();
    boolean known =
        precision.equals(Training.AUTO) || capabilities.precisions().contains(precision);
    return known ? Optional.empty() : Optional.of("lacks the precision " + precision);
  }

  /** The fastest arithmetic that all workers have, so that none of them has to stand by. */
  String precision() {
    boolean everywhere =
        workers.values().stream()
            .map(Seen::heartbeat)
            .filter(heartbeat -> usable(heartbeat) > 0)
            .allMatch(able -> able.capabilities().precisions().contains(Training.BF16));
    return everywhere ? Training.BF16 : Training.FP32;
  }
}
