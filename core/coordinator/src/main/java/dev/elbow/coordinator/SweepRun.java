package dev.elbow.coordinator;

import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.results.Rows;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.messaging.Heartbeat;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A sweep at work: which trials are next, which run, and the table so far. What it holds follows
 * from the log; it is kept so that no event costs a walk over all trials. For one thread.
 */
final class SweepRun {
  /** How many trials that no worker can run are passed over in search of one that can. */
  private static final int MOST_PASSED_OVER = 200;

  private final Sweep sweep;
  private final LoggedSweep logged;
  private final Map<Integer, Trial> waiting = new TreeMap<>();
  private final Map<Integer, LoggedTrial> active = new TreeMap<>();
  private final Map<Integer, Row> rows = new TreeMap<>();
  private final Map<Integer, Optional<Row>> changedRows = new HashMap<>();
  private final NavigableSet<Row> ranked;
  private final List<Promise<SweepView>> finished = new ArrayList<>();
  private Optional<String> obstacle = Optional.empty();
  private int next = 1;

  SweepRun(Sweep sweep, LoggedSweep logged) {
    this.sweep = sweep;
    this.logged = logged;
    this.ranked = new TreeSet<>(Row.bestFirst(sweep.goal()));
    logged.trials().forEach(this::changed);
  }

  Sweep sweep() {
    return sweep;
  }

  LoggedSweep logged() {
    return logged;
  }

  /** A trial of this sweep has changed. */
  void changed(LoggedTrial trial) {
    int number = trial.id().number();
    waiting.remove(number);
    active.remove(number);
    if (trial.step() == Step.WAITING && number < next) {
      waiting.put(number, sweep.trial(number));
    }
    if (trial.step() == Step.RUNNING || trial.step() == Step.ENDED) {
      active.put(number, trial);
    }
    if (trial.step() != Step.ENDED) {
      setRow(
          number,
          trial.state().ended() ? Optional.of(row(trial, trial.state())) : Optional.empty());
    }
  }

  private void setRow(int number, Optional<Row> row) {
    Row before = rows.remove(number);
    if (before != null) {
      ranked.remove(before);
    }
    row.ifPresent(now -> rows.put(number, now));
    row.filter(now -> Double.isFinite(now.figure(sweep.goal().column()))).ifPresent(ranked::add);
    changedRows.put(number, row);
  }

  /** The row that a trial has in {@code state}. */
  Row row(LoggedTrial trial, TrialState state) {
    int number = trial.id().number();
    return Rows.of(
        number,
        sweep.parameters(number),
        sweep.seed(number),
        state,
        trial.attemptsSpent(),
        trial.end().map(LoggedTrial.End::outcome));
  }

  /** A trial is to be queued after all, because its queueing failed. */
  void again(Trial trial) {
    // Meanwhile its owner may have been heard of again, or have ended it.
    if (logged.trial(trial.id().number()).step() == Step.WAITING) {
      waiting.put(trial.id().number(), trial);
    }
  }

  /** Trials are queued from here on; what another coordinator has decided is in the log. */
  void begin() {
    waiting.clear();
    next = 1;
  }

  /** Everything that a command of a person may have changed. */
  void changedAll() {
    logged.trials().forEach(this::changed);
  }

  /** Trials with an owner, and those whose end is not committed. */
  Collection<LoggedTrial> active() {
    return List.copyOf(active.values());
  }

  /**
   * The next trial to be queued, with the lowest number first.
   *
   * @param taken trials whose queueing is under way
   */
  Optional<Trial> next(Fleet fleet, Collection<TrialId> taken) {
    obstacle = Optional.empty();
    if (logged.paused() || logged.cancelled()) {
      return Optional.empty();
    }
    for (Trial trial : waiting.values()) {
      if (!taken.contains(trial.id()) && runnable(trial, fleet)) {
        return Optional.of(trial);
      }
    }
    while (next <= sweep.trialCount() && waiting.size() < MOST_PASSED_OVER) {
      Optional<Trial> fresh = fresh(taken);
      if (fresh.isPresent() && runnable(fresh.get(), fleet)) {
        return fresh;
      }
      fresh.ifPresent(trial -> waiting.put(trial.id().number(), trial));
    }
    return Optional.empty();
  }

  private Optional<Trial> fresh(Collection<TrialId> taken) {
    int number = next++;
    LoggedTrial trial = logged.trial(number);
    return trial.step() == Step.WAITING && !taken.contains(trial.id())
        ? Optional.of(sweep.trial(number))
        : Optional.empty();
  }

  private boolean runnable(Trial trial, Fleet fleet) {
    Optional<String> found = fleet.obstacle(trial, logged.trial(trial.id().number()).declined());
    found.ifPresent(text -> obstacle = Optional.of(text));
    return found.isEmpty();
  }

  /** The table of the trials that have ended. */
  Results results() {
    return new Results(sweep.name(), sweep.columns(), sweep.goal(), List.copyOf(rows.values()));
  }

  /**
   * What has become of rows since this was last asked, by trial; empty for a trial that has not
   * ended, or not any more.
   */
  Map<Integer, Optional<Row>> takeChangedRows() {
    Map<Integer, Optional<Row>> taken = Map.copyOf(changedRows);
    changedRows.clear();
    return taken;
  }

  /** The trials whose models are in their place and can be pruned, the best first. */
  List<Integer> prunable() {
    return results().bestFirst().rows().stream()
        .map(Row::trial)
        .filter(number -> logged.trial(number).hasFiles() && !logged.pruned(number))
        .toList();
  }

  /** Whoever asks for changed rows next knows none yet. */
  void changedAllRows() {
    rows.forEach((number, row) -> changedRows.put(number, Optional.of(row)));
  }

  /** Whether every trial has ended, if only some of them are committed. */
  boolean over() {
    return !unfinished() && active.values().stream().allMatch(t -> t.step() == Step.ENDED);
  }

  /** Told when every trial has ended. */
  void onFinished(Promise<SweepView> promise) {
    finished.add(promise);
  }

  /** Fails whoever waits for the end. */
  void fail(Throwable reason) {
    finished.forEach(promise -> promise.tryFail(reason));
    finished.clear();
  }

  /** Tells whoever waits for the end if it is reached. */
  void tellFinished(SweepView view) {
    if (view.finished()) {
      finished.forEach(promise -> promise.tryComplete(view));
      finished.clear();
    }
  }

  /** A snapshot. */
  SweepView view(Fleet fleet) {
    return new SweepView(
        sweep.name(),
        sweep.trialCount(),
        counts(),
        active.values().stream().flatMap(trial -> running(trial, fleet).stream()).toList(),
        sweep.goal(),
        best(),
        logged.paused(),
        active.isEmpty() ? waitingFor(fleet) : Optional.empty());
  }

  private Optional<String> waitingFor(Fleet fleet) {
    if (!unfinished() || logged.paused()) {
      return Optional.empty();
    }
    return fleet.slots() == 0 ? Optional.of("no worker is connected") : obstacle;
  }

  /** Whether trials are to be queued or to be taken. */
  private boolean unfinished() {
    boolean queued =
        !waiting.isEmpty() || next <= sweep.trialCount() || logged.count(TrialState.QUEUED) > 0;
    return queued && !logged.cancelled();
  }

  private Map<TrialState, Integer> counts() {
    Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    int known = 0;
    for (TrialState state : TrialState.values()) {
      counts.put(state, logged.count(state));
      known += logged.count(state);
    }
    TrialState others = logged.cancelled() ? TrialState.CANCELLED : TrialState.QUEUED;
    counts.merge(others, sweep.trialCount() - known, Integer::sum);
    return counts;
  }

  private static Optional<SweepView.Running> running(LoggedTrial trial, Fleet fleet) {
    return trial
        .owner()
        .filter(owner -> !owner.over())
        .map(owner -> fleet.running(owner.execution()).orElseGet(() -> begun(trial, owner)));
  }

  private static SweepView.Running begun(LoggedTrial trial, LoggedTrial.Owner owner) {
    Heartbeat.Execution execution =
        new Heartbeat.Execution(
            owner.slot(),
            trial.id(),
            owner.attempt(),
            owner.execution(),
            Heartbeat.Phase.LOADING,
            0,
            0,
            0,
            OptionalDouble.empty(),
            0);
    return new SweepView.Running(owner.worker(), execution);
  }

  private Optional<SweepView.Best> best() {
    return ranked.isEmpty() ? Optional.empty() : Optional.of(best(ranked.first()));
  }

  private SweepView.Best best(Row row) {
    return new SweepView.Best(row.trial(), row.figure(sweep.goal().column()));
  }
}
