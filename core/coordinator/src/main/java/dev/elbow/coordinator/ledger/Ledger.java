package dev.elbow.coordinator.ledger;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Cleared;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Decision;
import dev.elbow.messaging.Event.Declined;
import dev.elbow.messaging.Event.Ended;
import dev.elbow.messaging.Event.Fact;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.HandedBack;
import dev.elbow.messaging.Event.Leader;
import dev.elbow.messaging.Event.PrecisionChosen;
import dev.elbow.messaging.Event.Pruned;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Event.SweepSubmitted;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The state of all sweeps: a fold over the event log, in log order. Equal logs give equal ledgers,
 * so a restart is a replay; events that come twice or too late change nothing.
 *
 * <p>The {@code Started} with the highest attempt owns a trial, among equals the latest. Only the
 * owner's {@code Ended} counts, and the first of these. A decision of an epoch below the highest
 * that was read is ignored: its maker had been replaced when it wrote.
 *
 * <p>A sweep may take the name of one that was deleted. Its attempts begin above those of its
 * predecessor, so that nothing said of the old one, however late, is taken for a word of the new.
 *
 * <p><b>Thread safety.</b> For one thread.
 */
public final class Ledger {
  private final Map<String, LoggedSweep> sweeps = new LinkedHashMap<>();
  private final Map<String, Integer> lastAttempts = new HashMap<>();
  private final Set<String> uncleared = new LinkedHashSet<>();
  private long epoch;
  private String leader = "";
  private Optional<String> leaderAddress = Optional.empty();

  /** The epoch of the active coordinator; 0 before the first. */
  public long epoch() {
    return epoch;
  }

  /** The name of the active coordinator; empty text before the first. */
  public String leader() {
    return leader;
  }

  /** The URL of the active coordinator; empty if nobody can ask it. */
  public Optional<String> leaderAddress() {
    return leaderAddress;
  }

  /** The sweeps in the order of submission. A view. */
  public Collection<LoggedSweep> sweeps() {
    return Collections.unmodifiableCollection(sweeps.values());
  }

  public Optional<LoggedSweep> sweep(String name) {
    return Optional.ofNullable(sweeps.get(name));
  }

  /** Names of sweeps that were deleted and not submitted again. */
  public Set<String> deleted() {
    Set<String> deleted = new LinkedHashSet<>(lastAttempts.keySet());
    deleted.removeAll(sweeps.keySet());
    return deleted;
  }

  /** Those of {@link #deleted} whose files may be there still. A view. */
  public Set<String> uncleared() {
    return Collections.unmodifiableSet(uncleared);
  }

  /** What the log says of a trial; empty if there is no such sweep. */
  public Optional<LoggedTrial> trial(TrialId id) {
    return sweep(id.sweep()).map(sweep -> sweep.trial(id.number()));
  }

  /** Reads the next event; returns whether it changed anything. */
  public boolean apply(Event event) {
    if (event instanceof Decision decision) {
      return decision.epoch() >= epoch && decided(decision);
    }
    return happened((Fact) event);
  }

  private boolean decided(Decision decision) {
    if (decision instanceof Leader next) {
      return lead(next);
    }
    if (decision instanceof SweepSubmitted submitted) {
      return submit(submitted);
    }
    if (decision instanceof Commanded commanded) {
      return command(commanded);
    }
    return decidedOfSweep(decision);
  }

  private boolean decidedOfSweep(Decision decision) {
    if (decision instanceof PrecisionChosen chosen) {
      return sweep(chosen.sweep()).map(s -> s.choosePrecision(chosen.precision())).orElse(false);
    }
    if (decision instanceof Pruned pruned) {
      return sweep(pruned.sweep()).map(sweep -> sweep.prune(pruned.trials())).orElse(false);
    }
    if (decision instanceof Cleared cleared) {
      return clear(cleared);
    }
    return decidedOfTrial(decision);
  }

  private boolean decidedOfTrial(Decision decision) {
    if (decision instanceof Queued queued) {
      return change(queued.trial(), trial -> trial.after(queued));
    }
    if (decision instanceof Committed committed) {
      return change(committed.trial(), trial -> trial.after(committed));
    }
    GivenUp givenUp = (GivenUp) decision;
    return change(givenUp.trial(), trial -> trial.after(givenUp));
  }

  // Of two that take the same epoch the first in the log has it; the other must take a higher one.
  private boolean lead(Leader next) {
    if (next.epoch() <= epoch) {
      return false;
    }
    epoch = next.epoch();
    leader = next.coordinator();
    leaderAddress = next.address();
    return true;
  }

  private boolean submit(SweepSubmitted submitted) {
    String name = submitted.sweep();
    LoggedSweep fresh = new LoggedSweep(submitted, lastAttempts.getOrDefault(name, 0));
    boolean added = sweeps.putIfAbsent(name, fresh) == null;
    if (added) {
      uncleared.remove(name);
    }
    return added;
  }

  private boolean command(Commanded commanded) {
    if (commanded.trial().isPresent()) {
      return change(commanded.trial().get(), trial -> trial.after(commanded.command()));
    }
    if (commanded.command() == Command.DELETE) {
      return delete(commanded.sweep());
    }
    return sweep(commanded.sweep()).map(s -> s.command(commanded.command())).orElse(false);
  }

  private boolean delete(String name) {
    LoggedSweep gone = sweeps.remove(name);
    if (gone == null) {
      return false;
    }
    lastAttempts.put(name, gone.lastAttempt());
    return uncleared.add(name);
  }

  private boolean clear(Cleared cleared) {
    return cleared.trials().isEmpty()
        ? uncleared.remove(cleared.sweep())
        : sweep(cleared.sweep()).map(sweep -> sweep.clear(cleared.trials())).orElse(false);
  }

  private boolean happened(Fact fact) {
    if (sweep(fact.trial().sweep()).filter(sweep -> sweep.isOld(fact)).isPresent()) {
      return false;
    }
    if (fact instanceof Started started) {
      return change(fact.trial(), trial -> trial.after(started));
    }
    if (fact instanceof Ended ended) {
      return change(fact.trial(), trial -> trial.after(ended));
    }
    if (fact instanceof HandedBack handedBack) {
      return change(fact.trial(), trial -> trial.after(handedBack));
    }
    Declined declined = (Declined) fact;
    return change(fact.trial(), trial -> trial.after(declined));
  }

  private boolean change(TrialId id, UnaryOperator<LoggedTrial> change) {
    return sweep(id.sweep()).map(sweep -> sweep.change(id.number(), change)).orElse(false);
  }
}
