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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

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

  /** Empty while nobody keeps a table, so that a coordinator that stands by keeps nothing. */
  private Optional<Map<Integer, LoggedTrial>> changed = Optional.empty();

  private final Map<Integer, SweepView.Best> figures = new HashMap<>();
  private final NavigableSet<SweepView.Best> ranked;
  private final List<Promise<SweepView>> finished = new ArrayList<>();
  private Optional<String> obstacle = Optional.empty();
  private int next = 1;

  SweepRun(Sweep sweep, LoggedSweep logged) {
    this.sweep = sweep;
    this.logged = logged;
    this.ranked =
        new TreeSet<>(
            Comparator.comparing(SweepView.Best::figure, sweep.goal().bestFirst())
                .thenComparing(SweepView.Best::trial));
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
    // An end that is not committed may be in the table already, and is seen nowhere else.
    if (trial.step() != Step.ENDED) {
      changed.ifPresent(all -> all.put(number, trial));
      rank(trial);
    }
  }

  private void rank(LoggedTrial trial) {
    int number = trial.id().number();
    SweepView.Best before = figures.remove(number);
    if (before != null) {
      ranked.remove(before);
    }
    double figure = trial.state().ended() ? figure(trial) : Double.NaN;
    if (Double.isFinite(figure)) {
      SweepView.Best now = new SweepView.Best(number, figure);
      figures.put(number, now);
      ranked.add(now);
    }
  }

  private double figure(LoggedTrial trial) {
    return trial
        .end()
        .map(end -> Rows.figures(end.outcome()).get(sweep.goal().column()))
        .orElse(Double.NaN);
  }

  /** The row of a trial that has ended. Thread-safe. */
  Row row(LoggedTrial trial) {
    return row(trial, trial.state());
  }

  /** The row that a trial has in {@code state}. Thread-safe. */
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
    for (Trial waited : waiting.values()) {
      Trial trial = chosen(waited);
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
        ? Optional.of(trial(number))
        : Optional.empty();
  }

  /** A trial as workers are given it: with the arithmetic that the log says of the sweep. */
  Trial trial(int number) {
    return chosen(sweep.trial(number));
  }

  private Trial chosen(Trial trial) {
    return logged.precision().map(trial::automatically).orElse(trial);
  }

  private boolean runnable(Trial trial, Fleet fleet) {
    Optional<String> found = fleet.obstacle(trial, logged.trial(trial.id().number()).declined());
    found.ifPresent(text -> obstacle = Optional.of(text));
    return found.isEmpty();
  }

  /** The trials that have ended, by number. A copy. */
  List<LoggedTrial> ended() {
    return logged.trials().stream().filter(trial -> trial.state().ended()).toList();
  }

  /** The table of trials that have ended. Thread-safe. */
  Results results(List<LoggedTrial> ended) {
    return new Results(
        sweep.name(), sweep.columns(), sweep.goal(), ended.stream().map(this::row).toList());
  }

  /** The trials whose models are in their place and can be pruned, the best first. */
  List<Integer> prunable() {
    Stream<Integer> others =
        logged.trials().stream()
            .map(trial -> trial.id().number())
            .filter(number -> !figures.containsKey(number));
    return Stream.concat(ranked.stream().map(SweepView.Best::trial), others)
        .filter(number -> logged.trial(number).hasFiles() && !logged.pruned(number))
        .toList();
  }

  /** From now on somebody keeps a table, who knows no trial yet. */
  void beginTable() {
    Map<Integer, LoggedTrial> all = new HashMap<>();
    ended().forEach(trial -> all.put(trial.id().number(), trial));
    changed = Optional.of(all);
  }

  /** The trials that have changed since this was last asked, by number. */
  Map<Integer, LoggedTrial> takeChanged() {
    Map<Integer, LoggedTrial> taken = changed.orElseThrow();
    changed = Optional.of(new HashMap<>());
    return taken;
  }

  /** Nobody keeps a table any more. */
  void endTable() {
    changed = Optional.empty();
  }

  /** Whether every trial has ended and is committed. */
  boolean isFinished() {
    return !unfinished() && active.isEmpty();
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
        active.isEmpty() ? waitingFor(fleet) : Optional.empty(),
        new SweepView.About(sweep.description(), sweep.tags(), logged.submittedAt()));
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
    return ranked.isEmpty() ? Optional.empty() : Optional.of(ranked.first());
  }
}
