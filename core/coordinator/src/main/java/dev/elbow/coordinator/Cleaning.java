package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.ledger.Ledger;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.coordinator.ledger.TrialState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files: of sweeps that were deleted, of trials that were pruned, and what attempts left
 * behind. What somebody asked for is in the log before, and that it is done is written to the log
 * after, so that the next coordinator goes on with it. For one thread; files are touched on
 * Vert.x's worker threads, for one sweep after the other.
 */
final class Cleaning {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int TRIALS_AT_ONCE = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);

  private final Vertx vertx;
  private final SweepFolders folders;
  private final Decisions decisions;
  private final Ledger ledger;
  private final Sweeps sweeps;
  private final Fleet fleet;
  private final Map<String, Future<Void>> deleting = new HashMap<>();
  private final Map<String, Future<Void>> pruning = new HashMap<>();
  private final Set<String> claimed = new HashSet<>();
  private Future<?> last = Future.succeededFuture();
  private long lastRound;
  private boolean over;

  Cleaning(
      Vertx vertx,
      SweepFolders folders,
      Decisions decisions,
      Ledger ledger,
      Sweeps sweeps,
      Fleet fleet) {
    this.vertx = vertx;
    this.folders = folders;
    this.decisions = decisions;
    this.ledger = ledger;
    this.sweeps = sweeps;
    this.fleet = fleet;
  }

  /** Something to do on a worker thread. */
  private interface Work {
    void run() throws IOException;
  }

  /** Goes on with whatever is not done, of earlier coordinators too. */
  void begin(long nanos) {
    lastRound = nanos;
    told("folders that were moved aside", blocking(folders::emptyBin));
    ledger.uncleared().forEach(sweep -> delete(sweep, Future.succeededFuture()));
    ledger.deleted().forEach(this::heardOfDeleted);
    sweeps.all().forEach(this::prune);
    sweeps.all().forEach(this::tidy);
  }

  /** Begins again now and then, because a file may have been in use. */
  void tick(long nanos) {
    if (nanos - lastRound > PAUSE.toNanos()) {
      begin(nanos);
    }
  }

  /** Another coordinator leads: touches nothing more. */
  void end() {
    over = true;
  }

  /**
   * Removes a sweep that was deleted.
   *
   * @param idle done when nobody else of this coordinator is at its files
   * @return fails if they cannot be removed now; it is tried again
   */
  Future<Void> delete(String sweep, Future<Void> idle) {
    Future<Void> other = deleting.get(sweep);
    if (other != null || claimed.contains(sweep)) {
      return other == null ? Future.succeededFuture() : other;
    }
    Future<Void> done =
        idle.compose(ready -> blocking(() -> folders.delete(sweep)))
            .compose(gone -> decisions.clear(sweep, List.of()))
            .<Void>mapEmpty()
            .onComplete(ended -> deleting.remove(sweep));
    if (!done.isComplete()) {
      deleting.put(sweep, done);
    }
    return told("files of the deleted sweep " + sweep, done);
  }

  /** Done when the files of a sweep that was deleted are removed, or could not be. */
  Future<Void> deleted(String sweep) {
    return deleting.getOrDefault(sweep, Future.succeededFuture());
  }

  /**
   * Keeps the folder of a new sweep from being taken for that of a deleted one, until {@link
   * #release}. Done when nothing of an old one is in its place.
   *
   * @return fails if that cannot be removed
   */
  Future<Void> claim(String sweep) {
    Future<Void> free =
        ledger.uncleared().contains(sweep)
            ? delete(sweep, Future.succeededFuture())
            : deleted(sweep);
    claimed.add(sweep);
    return free;
  }

  void release(String sweep) {
    claimed.remove(sweep);
  }

  /** A worker was at a sweep that is deleted: it may have written into its folder. */
  void heardOfDeleted(String sweep) {
    Future<Void> cleared =
        inTurn(
            () ->
                ledger.deleted().contains(sweep) && !claimed.contains(sweep)
                    ? onThread(() -> folders.clearDeleted(sweep))
                    : Future.succeededFuture());
    told("left-over files of the deleted sweep " + sweep, cleared);
  }

  /** Removes what is to be removed of a sweep's pruned trials; fails if that cannot be now. */
  Future<Void> prune(SweepRun run) {
    String sweep = run.sweep().name();
    Future<Void> other = pruning.get(sweep);
    if (other != null) {
      return other;
    }
    Future<Void> done = prune(run, new HashSet<>()).onComplete(ended -> pruning.remove(sweep));
    if (!done.isComplete()) {
      pruning.put(sweep, done);
    }
    return told("files of pruned trials of " + sweep, done);
  }

  private Future<Void> prune(SweepRun run, Set<Integer> done) {
    String sweep = run.sweep().name();
    List<Integer> due =
        run.logged().uncleared().stream()
            .filter(number -> !done.contains(number))
            .limit(TRIALS_AT_ONCE)
            .toList();
    if (due.isEmpty() || !isCurrent(run)) {
      return Future.succeededFuture();
    }
    done.addAll(due);
    return blocking(() -> prune(sweep, due))
        .compose(gone -> decisions.clear(sweep, due))
        .compose(written -> prune(run, done));
  }

  private void prune(String sweep, List<Integer> numbers) throws IOException {
    for (int number : numbers) {
      folders.prune(new TrialId(sweep, number));
    }
  }

  private boolean isCurrent(SweepRun run) {
    return !over && sweeps.run(run.sweep().name()).filter(known -> known == run).isPresent();
  }

  /** Removes what attempts at trials that are over have left. */
  private void tidy(SweepRun run) {
    String sweep = run.sweep().name();
    inTurn(() -> vertx.executeBlocking(() -> folders.attempted(sweep), false))
        .onSuccess(found -> found.forEach(trial -> clear(run, trial, Optional.empty())))
        .onFailure(e -> LOG.warn("attempts at trials of {} cannot be listed", sweep, e));
  }

  /**
   * Removes what attempts at a trial have left, if it is over.
   *
   * @param ended the execution that has just ended, if one has
   */
  void clear(SweepRun run, TrialId trial, Optional<String> ended) {
    Future<Void> cleared =
        inTurn(
            () -> {
              LoggedTrial known = run.logged().trial(trial.number());
              return isCurrent(run) && isOver(known) && !fleet.isAt(trial, ended)
                  ? onThread(() -> folders.clear(trial, goesOn(known)))
                  : Future.succeededFuture();
            });
    told("left-over files of " + trial, cleared);
  }

  private static boolean isOver(LoggedTrial trial) {
    return trial.step() == Step.COMMITTED || trial.step() == Step.CANCELLED;
  }

  private static boolean goesOn(LoggedTrial trial) {
    return trial.state() == TrialState.STOPPED || trial.state() == TrialState.CANCELLED;
  }

  private Future<Void> blocking(Work work) {
    return inTurn(() -> onThread(work));
  }

  private Future<Void> onThread(Work work) {
    if (over) {
      return Future.failedFuture("another coordinator leads");
    }
    return vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        },
        false);
  }

  private <T> Future<T> inTurn(Supplier<Future<T>> work) {
    Future<T> next = last.transform(done -> work.get());
    last = next;
    return next;
  }

  private Future<Void> told(String what, Future<Void> cleared) {
    return cleared.onFailure(
        e -> {
          if (!over) {
            LOG.warn("{} cannot be removed now, tried again later", what, e);
          }
        });
  }
}
