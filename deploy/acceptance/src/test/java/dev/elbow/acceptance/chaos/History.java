package dev.elbow.acceptance.chaos;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What the event log says, by the rules that are promised and not by the coordinator's own reading
 * of them: decisions of an epoch below the highest count for nothing, the {@code Started} of the
 * highest attempt owns a trial, among equals the latest. For one thread.
 */
final class History {
  private final Map<TrialId, Life> lives = new TreeMap<>();
  private final List<Told> told = new ArrayList<>();
  private long epoch;
  private String leader = "";
  private int fenced;

  /** An event, and when it was read, of {@link System#nanoTime}. */
  record Told(Event event, long nanos) {}

  /** What was said of one trial, in the order of the log. */
  static final class Life {
    private final List<Event.Queued> queued = new ArrayList<>();
    private final List<Told> starts = new ArrayList<>();
    private final Map<String, Event.Ended> ends = new HashMap<>();
    private final List<Event.HandedBack> handedBack = new ArrayList<>();
    private final List<Event.Committed> committed = new ArrayList<>();
    private final List<Event.GivenUp> givenUp = new ArrayList<>();
    private int late;

    private void started(Told start) {
      if (isSettled()) {
        late++; // an owner that was thought lost has ended it meanwhile
      } else {
        starts.add(start);
      }
    }

    private boolean isSettled() {
      return owner().map(owner -> ends.get(owner.execution())).filter(Life::isLast).isPresent();
    }

    private static boolean isLast(Event.Ended end) {
      return !(end.outcome() instanceof TrialOutcome.Failed failed && failed.kind().retried());
    }

    /** Who owns it, by the log up to now. */
    Optional<Event.Started> owner() {
      return starts.stream()
          .map(start -> (Event.Started) start.event())
          .max(Comparator.comparingInt(Event.Started::attempt).thenComparing(this::place));
    }

    private int place(Event.Started start) {
      return starts.stream().map(Told::event).toList().indexOf(start);
    }

    /** When its owner started. */
    long startedNanos() {
      return starts.stream()
          .filter(start -> owner().filter(start.event()::equals).isPresent())
          .mapToLong(Told::nanos)
          .findFirst()
          .orElseThrow();
    }

    boolean isOver() {
      return !committed.isEmpty();
    }

    boolean hasEnded(String execution) {
      return ends.containsKey(execution)
          || handedBack.stream().anyMatch(back -> back.execution().equals(execution));
    }

    /** Whether its owner still trains. */
    boolean isRunning() {
      return !isOver() && owner().filter(o -> !hasEnded(o.execution())).isPresent();
    }

    int commits() {
      return committed.size();
    }

    int starts() {
      return starts.size() + late;
    }

    int attempts() {
      return queued.stream().mapToInt(Event.Queued::attempt).max().orElse(0);
    }

    /** How many were given back by workers that left. */
    int handedBack() {
      return handedBack.size();
    }

    /** Why it was given up, if it was. */
    Optional<String> givenUp() {
      return givenUp.stream().map(gone -> gone.failure().toString()).findFirst();
    }

    /** Whether the execution that owned it trained it to its end. */
    boolean isCompleted() {
      return owner()
          .map(owner -> ends.get(owner.execution()))
          .filter(end -> end.outcome() instanceof TrialOutcome.Completed)
          .isPresent();
    }

    @Override
    public String toString() {
      return "queued %s, started %s, ended %s, committed %s, given up %s"
          .formatted(queued, starts, ends.values(), committed, givenUp);
    }
  }

  /** Reads the next event. */
  void add(Event event, long nanos) {
    told.add(new Told(event, nanos));
    if (event instanceof Event.Decision decision) {
      decided(decision);
    } else if (event instanceof Event.Fact fact) {
      happened(fact, nanos);
    }
  }

  private void decided(Event.Decision decision) {
    if (decision.epoch() < epoch) {
      fenced++;
    } else if (decision instanceof Event.Leader next && next.epoch() > epoch) {
      epoch = next.epoch();
      leader = next.coordinator();
    } else if (decision instanceof Event.Queued queued) {
      life(queued.trial()).queued.add(queued);
    } else if (decision instanceof Event.Committed committed) {
      life(committed.trial()).committed.add(committed);
    } else if (decision instanceof Event.GivenUp givenUp) {
      life(givenUp.trial()).givenUp.add(givenUp);
    }
  }

  private void happened(Event.Fact fact, long nanos) {
    Life life = life(fact.trial());
    if (fact instanceof Event.Started) {
      life.started(new Told(fact, nanos));
    } else if (fact instanceof Event.Ended ended) {
      life.ends.putIfAbsent(ended.execution(), ended);
    } else if (fact instanceof Event.HandedBack back) {
      life.handedBack.add(back);
    }
  }

  private Life life(TrialId trial) {
    return lives.computeIfAbsent(trial, fresh -> new Life());
  }

  /** The life of a trial of which something was said. */
  Optional<Life> of(TrialId trial) {
    return Optional.ofNullable(lives.get(trial));
  }

  /** The trials of a sweep of which something was said. */
  Stream<Map.Entry<TrialId, Life>> trials(String sweep) {
    return lives.entrySet().stream().filter(entry -> entry.getKey().sweep().equals(sweep));
  }

  /** How many trials of a sweep are over. */
  int over(String sweep) {
    return (int) trials(sweep).filter(trial -> trial.getValue().isOver()).count();
  }

  /** What a worker trains now, by the name that it gave itself. */
  Stream<Event.Started> running(String worker) {
    return lives.values().stream()
        .filter(Life::isRunning)
        .flatMap(life -> life.owner().stream())
        .filter(owner -> owner.worker().equals(worker));
  }

  /** How many trials are trained now. */
  int running() {
    return (int) lives.values().stream().filter(Life::isRunning).count();
  }

  /** Something of every trial, added up. */
  int sum(ToIntFunction<Life> what) {
    return lives.values().stream().mapToInt(what).sum();
  }

  /** Every event from a moment on. */
  Stream<Told> since(long nanos) {
    return told.stream().filter(one -> one.nanos() >= nanos);
  }

  int size() {
    return told.size();
  }

  /** The epoch of the active coordinator; 0 before the first. */
  long epoch() {
    return epoch;
  }

  /** The active coordinator; empty text before the first. */
  String leader() {
    return leader;
  }

  /** How many decisions came from coordinators that had been replaced. */
  int fenced() {
    return fenced;
  }
}
