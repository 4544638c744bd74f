package dev.elbow.coordinator.ledger;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.SweepSubmitted;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What the log says of one sweep. Changes as the {@link Ledger} that it belongs to reads on; for
 * one thread.
 */
public final class LoggedSweep {
  private final SweepSubmitted submitted;
  private final Map<Integer, LoggedTrial> trials = new TreeMap<>();
  private final Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
  private boolean paused;
  private boolean cancelled;

  LoggedSweep(SweepSubmitted submitted) {
    this.submitted = submitted;
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
    LoggedTrial fresh = LoggedTrial.unheardOf(new TrialId(name(), number));
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
