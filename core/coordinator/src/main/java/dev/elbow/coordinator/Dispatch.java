package dev.elbow.coordinator;

import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.QueuedTrial;
import dev.elbow.messaging.Subscription;
import dev.elbow.messaging.TrialQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps about as many trials in the queue as there are slots, so that no slot waits and a pause or
 * a cancel acts at once. A trial goes to the workers only when the decision to queue it was read
 * back from the log. For one thread.
 */
final class Dispatch {
  /** Trials queued beyond the slots there are, so that a slot never waits for the next one. */
  private static final int AHEAD = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Fleet fleet;
  private final Decisions decisions;
  private final TrialQueue queue;
  private final QueuedTrials queued;
  private final Set<TrialId> resting = new HashSet<>();
  private Optional<Subscription> look = Optional.empty();
  private final Set<String> choosing = new HashSet<>();
  private int turn;

  /**
   * @param patience how long a queued trial may wait while slots are free, before it is sent again
   */
  Dispatch(Fleet fleet, Decisions decisions, TrialQueue queue, Duration patience) {
    this.fleet = fleet;
    this.decisions = decisions;
    this.queue = queue;
    this.queued = new QueuedTrials(patience);
  }

  /** Queues trials until there are enough, one of each sweep in turn. */
  void fill(Collection<SweepRun> runs, long nanos) {
    List<SweepRun> all = List.copyOf(runs);
    int without = 0;
    // The turn is kept from call to call: mostly there is room for one trial.
    while (without < all.size()) {
      turn = (turn + 1) % all.size();
      without = queueNext(all.get(turn), nanos) ? 0 : without + 1;
    }
  }

  private boolean queueNext(SweepRun run, long nanos) {
    if (queued.count() >= fleet.slots() + AHEAD) {
      return false;
    }
    Optional<Trial> next = run.next(fleet, taken());
    boolean isOpen = next.filter(trial -> isAutomatic(trial)).isPresent();
    if (isOpen) {
      run.again(next.get());
      choosePrecision(run);
    } else {
      next.ifPresent(trial -> decide(run, trial, Optional.empty(), nanos));
    }
    return next.isPresent() && !isOpen;
  }

  private static boolean isAutomatic(Trial trial) {
    return trial.training().precision().equals(Training.AUTO);
  }

  // Trials of a sweep are alike only if all have one arithmetic, whichever worker comes later. A
  // release that did not choose has left it to the workers, and they took fp32.
  private void choosePrecision(SweepRun run) {
    String sweep = run.logged().name();
    String precision = run.logged().trials().isEmpty() ? fleet.precision() : Training.FP32;
    if (choosing.add(sweep)) {
      LOG.info("sweep {} is trained in {}: its precision is auto", sweep, precision);
      decisions
          .choosePrecision(sweep, precision)
          .onFailure(
              e -> {
                LOG.warn("{} could not be chosen for {}, trying again", precision, sweep, e);
                choosing.remove(sweep);
              });
    }
  }

  private Set<TrialId> taken() {
    Set<TrialId> taken = new HashSet<>(queued.all());
    taken.addAll(resting);
    return taken;
  }

  /** Queues a trial again, if that is not under way. */
  void again(SweepRun run, LoggedTrial trial, String reason, long nanos) {
    if (!queued.has(trial.id())) {
      decide(run, run.sweep().trial(trial.id().number()), Optional.of(reason), nanos);
    }
  }

  private void decide(SweepRun run, Trial trial, Optional<String> reason, long nanos) {
    queued.add(trial.id(), nanos);
    int attempt = run.logged().trial(trial.id().number()).attempt() + 1;
    decisions
        .queue(trial.id(), attempt, reason)
        .onFailure(
            e -> {
              LOG.warn("{} could not be queued, trying again", trial.id(), e);
              queued.remove(trial.id());
              run.again(trial);
            });
  }

  /**
   * Takes over what was queued before this coordinator began. Nearly all of it is in the queue, and
   * a second record may take a trial from a slot that has begun it; so the queue is looked at, and
   * only what is not there is sent, at once.
   *
   * @param trials as they stand now
   */
  void inherit(Collection<LoggedTrial> trials, Sweeps sweeps, long nanos) {
    trials.forEach(trial -> queued.add(trial.id(), nanos));
    if (!trials.isEmpty()) {
      Inherited inherited = new Inherited(trials);
      Subscription reading = queue.look(inherited::saw);
      look = Optional.of(reading);
      reading
          .caughtUp()
          .onSuccess(read -> sendUnseen(inherited, sweeps))
          .onComplete(read -> reading.close());
    }
  }

  private void sendUnseen(Inherited inherited, Sweeps sweeps) {
    for (TrialId id : inherited.unseen()) {
      sweeps
          .run(id.sweep())
          .filter(run -> inherited.lacks(run.logged().trial(id.number())))
          .ifPresent(run -> sendLost(run, id));
    }
  }

  private void sendLost(SweepRun run, TrialId id) {
    LOG.info("{} was queued by a coordinator that did not come to send it; sending it", id);
    queued.add(id, System.nanoTime());
    send(run, run.logged().trial(id.number()));
  }

  /** Sends nothing more. */
  void end() {
    look.ifPresent(Subscription::close);
  }

  /** Whether the decision to queue a trial again is under way. */
  boolean underWay(TrialId trial) {
    return queued.has(trial);
  }

  /** An event of a trial was read, after which it stands so. */
  void seen(Event event, LoggedTrial trial, long nanos) {
    boolean ignored = event instanceof Event.Queued && trial.step() == Step.WAITING;
    if (trial.step() == Step.QUEUED) {
      queued.addIfAbsent(trial.id(), nanos);
    } else if (trial.step() != Step.WAITING || ignored || event instanceof Event.Declined) {
      queued.remove(trial.id());
    }
  }

  /**
   * A trial was declined: it rests until the next tick, because whoever declined it is free and
   * would be the first to take it again.
   */
  void rest(TrialId trial) {
    resting.add(trial);
  }

  /** A sweep is deleted. */
  void forget(String sweep) {
    queued.removeIf(trial -> trial.sweep().equals(sweep));
    resting.removeIf(trial -> trial.sweep().equals(sweep));
    choosing.remove(sweep);
  }

  /** Hands a trial to the workers. */
  void send(SweepRun run, LoggedTrial trial) {
    Trial whole = run.trial(trial.id().number());
    queue
        .send(new QueuedTrial(whole, trial.attempt()))
        .onFailure(e -> LOG.warn("{} could not be sent to the workers", trial.id(), e));
  }

  /** The patience with what waits begins anew. */
  void resume(long nanos) {
    queued.resume(nanos);
  }

  /**
   * Sends again what a free slot should have taken long ago: the queue drops in silence what was
   * delivered too often.
   */
  void tick(Sweeps sweeps, long nanos) {
    resting.clear();
    if (fleet.freeSlots() == 0) {
      // Nothing can be late while every slot trains.
      resume(nanos);
      return;
    }
    for (TrialId id : queued.late(nanos)) {
      sweeps.run(id.sweep()).ifPresent(run -> sendAgain(run, id, nanos));
    }
  }

  private void sendAgain(SweepRun run, TrialId id, long nanos) {
    LoggedTrial trial = run.logged().trial(id.number());
    if (trial.step() == Step.QUEUED) {
      LOG.warn("{} was not taken although slots are free; sending it again", id);
      queued.add(id, nanos);
      send(run, trial);
    }
  }
}
