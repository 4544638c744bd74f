package dev.elbow.coordinator;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.results.ResultsText;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.results.ScoreTable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the files of ended trials into their place, writes the table, and only then commits. A trial
 * that ends alone is committed at once; those that end in quick succession share a turn, because
 * each turn writes the table of all. For one thread; files are touched on Vert.x's worker threads.
 */
final class Commits {
  /** How often files are looked for before they count as lost: a shared folder may lag behind. */
  private static final int MOST_TRIES = 5;

  /** How much longer a sweep rests than its table took to write, so that tables cost little. */
  private static final long REST = 50;

  /** More than that nobody is to wait for a trial that has ended, ... */
  private static final long LONG_REST_MILLIS = 1000;

  /** ... unless the table is so large that there would be little else but writing. */
  private static final long LEAST_REST = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private final Vertx vertx;
  private final SweepFolders folders;
  private final Decisions decisions;
  private final int attempts;
  private final Map<SweepRun, Turn> turns = new HashMap<>();
  private boolean stopped;

  /**
   * @param attempts how often a trial is tried: an end after which it is tried again is none
   */
  Commits(Vertx vertx, SweepFolders folders, Decisions decisions, int attempts) {
    this.attempts = attempts;
    this.vertx = vertx;
    this.folders = folders;
    this.decisions = decisions;
  }

  /** What is to be done for one sweep. */
  private static final class Turn {
    /** Trials whose commit is on its way to the log, or that wait for another try. */
    private final Set<Integer> underWay = new HashSet<>();

    private final Map<Integer, Integer> tries = new HashMap<>();

    /** Touched only on worker threads, by one turn after the other. */
    private final ResultsText text;

    /** Likewise. */
    private final ScoreTable scores;

    private Optional<Promise<Void>> forgotten = Optional.empty();
    private boolean busy;
    private boolean resting;
    private boolean table;

    Turn(SweepRun run) {
      this.text = new ResultsText(run.sweep().columns());
      this.scores = new ScoreTable(run.sweep().scoreColumns());
      run.beginTable();
    }
  }

  /**
   * What one turn on a worker thread came to.
   *
   * @param placed trials whose files are in their place and whose rows are in the table
   * @param lost trials whose files could not be put into their place, and why
   * @param writing how long it took to write the table
   */
  private record Placed(
      List<LoggedTrial> placed, Map<LoggedTrial, String> lost, Duration writing) {}

  /** Commits what has ended and is not committed, unless that comes soon of itself. */
  void run(SweepRun run) {
    if (turns.containsKey(run) || !run.isFinished()) {
      run(run, turn(run));
    }
  }

  private void run(SweepRun run, Turn turn) {
    if (stopped || turn.busy || turn.resting && !run.over()) {
      return;
    }
    List<LoggedTrial> ended = ended(run, turn);
    if (ended.isEmpty() && !turn.table) {
      endFinished(run);
      return;
    }
    turn.busy = true;
    turn.table = false;
    Map<Integer, LoggedTrial> changed = run.takeChanged();
    vertx
        .executeBlocking(() -> place(run, turn, ended, changed), false)
        .onComplete(
            done ->
                turn.forgotten.ifPresentOrElse(Promise::complete, () -> finished(run, turn, done)));
  }

  // Whoever has all sweeps of the log in memory need not have all their tables.
  private void endFinished(SweepRun run) {
    if (run.isFinished()) {
      turns.remove(run);
      run.endTable();
    }
  }

  private void finished(SweepRun run, Turn turn, AsyncResult<Placed> done) {
    if (done.succeeded()) {
      decide(run, turn, done.result());
    } else {
      failed(run, turn, done.cause());
    }
  }

  private Turn turn(SweepRun run) {
    return turns.computeIfAbsent(run, Turn::new);
  }

  private List<LoggedTrial> ended(SweepRun run, Turn turn) {
    return run.active().stream()
        .filter(trial -> trial.step() == LoggedTrial.Step.ENDED && !trial.triedAgain(attempts))
        .filter(trial -> !turn.underWay.contains(trial.id().number()))
        .toList();
  }

  /** Writes the table of a sweep, in whose rows something has changed. */
  void writeTable(SweepRun run) {
    turn(run).table = true;
    run(run);
  }

  /** Begins no further turn: another coordinator may be at the same files. */
  void stop() {
    stopped = true;
    turns.keySet().forEach(SweepRun::endTable);
  }

  /** A trial is committed, or its end was overruled: it may come again. */
  void done(SweepRun run, int trial) {
    Turn turn = turns.get(run);
    if (turn != null) {
      turn.underWay.remove(trial);
      turn.tries.remove(trial);
    }
  }

  /** Does nothing more for a sweep. Done when nobody is at its files. */
  Future<Void> forget(SweepRun run) {
    Turn turn = turns.remove(run);
    if (turn == null || !turn.busy) {
      return Future.succeededFuture();
    }
    turn.forgotten = Optional.of(Promise.promise());
    return turn.forgotten.get().future();
  }

  private Placed place(
      SweepRun run, Turn turn, List<LoggedTrial> ended, Map<Integer, LoggedTrial> changed)
      throws IOException {
    changed.values().forEach(trial -> change(turn, run, trial));
    List<LoggedTrial> placed = new ArrayList<>();
    Map<LoggedTrial, String> lost = new HashMap<>();
    for (LoggedTrial trial : ended) {
      try {
        folders.place(trial.id(), trial.end().orElseThrow());
        put(turn, run.row(trial, trial.endState()), run);
        placed.add(trial);
      } catch (FileNotFoundException e) {
        lost.put(trial, e.getMessage());
      } catch (IOException | InvalidPathException e) {
        lost.put(trial, e.toString());
      }
    }
    long begin = System.nanoTime();
    folders.write(run.sweep().name(), turn.text.lines(), turn.scores, run.sweep().text());
    return new Placed(placed, lost, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static void change(Turn turn, SweepRun run, LoggedTrial trial) {
    if (trial.state().ended()) {
      put(turn, run.row(trial), run);
    } else {
      turn.text.remove(trial.id().number());
      turn.scores.remove(trial.id().number());
    }
  }

  private static void put(Turn turn, Row row, SweepRun run) {
    turn.text.put(row);
    Map<String, Double> scores = new LinkedHashMap<>(row.figures());
    scores.keySet().retainAll(run.sweep().scoreColumns());
    turn.scores.put(row.trial(), row.attempts(), scores);
  }

  private void decide(SweepRun run, Turn turn, Placed done) {
    turn.busy = false;
    for (LoggedTrial trial : done.placed()) {
      turn.underWay.add(trial.id().number());
      settle(turn, trial, decisions.commit(trial.id(), trial.attempt()));
    }
    done.lost().forEach((trial, missing) -> lost(turn, trial, missing));
    rest(run, turn, done.writing());
  }

  private void rest(SweepRun run, Turn turn, Duration writing) {
    turn.resting = true;
    vertx.setTimer(
        restMillis(writing.toMillis()),
        id -> {
          turn.resting = false;
          if (turns.get(run) == turn) {
            run(run);
          }
        });
  }

  private static long restMillis(long writing) {
    return Math.max(1, Math.min(REST * writing, Math.max(LONG_REST_MILLIS, LEAST_REST * writing)));
  }

  private void lost(Turn turn, LoggedTrial trial, String missing) {
    int tries = turn.tries.merge(trial.id().number(), 1, Integer::sum);
    LOG.warn("{} cannot be committed, try {} of {}: {}", trial.id(), tries, MOST_TRIES, missing);
    turn.underWay.add(trial.id().number());
    if (tries < MOST_TRIES) {
      vertx.setTimer(200L << tries, id -> turn.underWay.remove(trial.id().number()));
      return;
    }
    TrialOutcome.Failed failure =
        new TrialOutcome.Failed(
            FailureKind.INFRASTRUCTURE, "files cannot be put into their place: " + missing, 0);
    settle(turn, trial, decisions.giveUp(trial.id(), failure));
  }

  private void settle(Turn turn, LoggedTrial trial, Future<Long> decision) {
    decision.onFailure(
        e -> {
          if (!stopped) {
            LOG.warn("{}: its end could not be written to the log, trying again", trial.id(), e);
          }
          turn.underWay.remove(trial.id().number());
        });
  }

  private void failed(SweepRun run, Turn turn, Throwable e) {
    LOG.error("results of {} cannot be written, trying again", run.sweep().name(), e);
    turn.busy = false;
    turn.table = true;
  }
}
