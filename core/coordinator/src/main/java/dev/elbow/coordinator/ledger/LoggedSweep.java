package dev.elbow.coordinator.ledger;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Declined;
import dev.elbow.messaging.Event.Fact;
import dev.elbow.messaging.Event.SweepSubmitted;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What the log says of one sweep. Changes as the {@link Ledger} that it belongs to reads on; for
 * one thread.
 */
public final class LoggedSweep {
  private final SweepSubmitted submitted;
  private final Map<Integer, LoggedTrial> trials = new TreeMap<>();
  private final Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
  private final Set<Integer> pruned = new TreeSet<>();
  private final Set<Integer> uncleared = new TreeSet<>();
  private final int base;
  private Optional<String> precision = Optional.empty();
  private boolean paused;
  private boolean cancelled;

  /**
   * @param base the highest attempt at any trial of earlier sweeps of this name, which were
   *     deleted; 0 if there were none
   */
  LoggedSweep(SweepSubmitted submitted, int base) {
    this.submitted = submitted;
    this.base = base;
  }

  public String name() {
    return submitted.sweep();
  }

  /** The sweep as JSON. */
  public String document() {
    return submitted.document();
  }

  /** When it was submitted, by the coordinator's clock. */
  public Instant submittedAt() {
    return submitted.at();
  }

  /** What {@code precision: auto} means for its trials; empty as long as that was not decided. */
  public Optional<String> precision() {
    return precision;
  }

  /** Whether no further trials are to be queued. */
  public boolean paused() {
    return paused;
  }

  /** Whether trials of which the log says nothing are cancelled. */
  public boolean cancelled() {
    return cancelled;
  }

  /** What the log says of a trial, if only that it has not heard of it. */
  public LoggedTrial trial(int number) {
    LoggedTrial known = trials.get(number);
    if (known != null) {
      return known;
    }
    LoggedTrial fresh = LoggedTrial.unheardOf(new TrialId(name(), number), base);
    return cancelled ? fresh.after(Command.CANCEL) : fresh;
  }

  /** The trials that the log has heard of, by number. A view. */
  public Collection<LoggedTrial> trials() {
    return Collections.unmodifiableCollection(trials.values());
  }

  /** How many of the trials that the log has heard of are in {@code state}. */
  public int count(TrialState state) {
    return counts.getOrDefault(state, 0);
  }

  /** Whether only the description and the curve of a trial are kept. */
  public boolean pruned(int number) {
    return pruned.contains(number);
  }

  /** Pruned trials of which more files than that may be there still. A view. */
  public Set<Integer> uncleared() {
    return Collections.unmodifiableSet(uncleared);
  }

  /** The highest attempt at any trial, of earlier sweeps of this name too. */
  int lastAttempt() {
    return trials.values().stream().mapToInt(LoggedTrial::attempt).reduce(base, Math::max);
  }

  /** Whether something is said of an earlier sweep of this name. */
  boolean isOld(Fact fact) {
    // A worker that cannot read a queued trial says attempt 0.
    boolean unknown = fact instanceof Declined && fact.attempt() == 0;
    return fact.attempt() <= base && !unknown;
  }

  /** Whether that is the first decision of it, which stands. */
  boolean choosePrecision(String word) {
    boolean first = precision.isEmpty();
    precision = precision.or(() -> Optional.of(word));
    return first;
  }

  /** Whether that is new of any of them; only trials that left files can be pruned. */
  boolean prune(List<Integer> numbers) {
    List<Integer> fresh =
        numbers.stream().filter(number -> trial(number).hasFiles()).filter(pruned::add).toList();
    return uncleared.addAll(fresh);
  }

  /** Whether the files of any of them were not known to be gone. */
  boolean clear(List<Integer> numbers) {
    return uncleared.removeAll(numbers);
  }

  /** Whether the trial changed. */
  boolean change(int number, UnaryOperator<LoggedTrial> change) {
    LoggedTrial before = trial(number);
    LoggedTrial after = change.apply(before);
    if (after.equals(before)) {
      return false;
    }
    LoggedTrial known = trials.put(number, after);
    if (known != null) {
      counts.merge(known.state(), -1, Integer::sum);
    }
    counts.merge(after.state(), 1, Integer::sum);
    return true;
  }

  /** Whether the command changed anything. */
  boolean command(Command command) {
    boolean flags = command(command, paused, cancelled);
    boolean changed = flags;
    for (int number : List.copyOf(trials.keySet())) {
      changed |= change(number, trial -> trial.after(command));
    }
    return changed;
  }

  private boolean command(Command command, boolean wasPaused, boolean wasCancelled) {
    switch (command) {
      case PAUSE -> paused = true;
      case RESUME -> paused = false;
      case CANCEL -> cancelled = true;
      case RETRY -> cancelled = false;
      case DELETE -> throw new IllegalArgumentException("a ledger forgets a deleted sweep");
    }
    return paused != wasPaused || cancelled != wasCancelled;
  }
}
