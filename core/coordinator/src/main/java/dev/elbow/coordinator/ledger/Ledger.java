package dev.elbow.coordinator.ledger;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event;
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
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Event.SweepSubmitted;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The state of all sweeps: a fold over the event log, in log order. Equal logs give equal ledgers,
 * so a restart is a replay; events that come twice or too late change nothing.
 *
 * <p>The {@code Started} with the highest attempt owns a trial, among equals the latest. Only the
 * owner's {@code Ended} counts, and the first of these. A decision of an epoch below the highest
 * that was read is ignored: its maker had been replaced when it wrote.
 *
 * <p><b>Thread safety.</b> For one thread.
 */
public final class Ledger {
  private final Map<String, LoggedSweep> sweeps = new LinkedHashMap<>();
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
      return sweeps.putIfAbsent(submitted.sweep(), new LoggedSweep(submitted)) == null;
    }
    if (decision instanceof Commanded commanded) {
      return command(commanded);
    }
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

  private boolean command(Commanded commanded) {
    if (commanded.trial().isPresent()) {
      return change(commanded.trial().get(), trial -> trial.after(commanded.command()));
    }
    if (commanded.command() == Command.DELETE) {
      return sweeps.remove(commanded.sweep()) != null;
    }
    return sweep(commanded.sweep()).map(s -> s.command(commanded.command())).orElse(false);
  }

  private boolean happened(Fact fact) {
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
