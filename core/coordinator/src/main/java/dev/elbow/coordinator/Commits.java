package dev.elbow.coordinator;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.results.Row;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the files of ended trials into their place, writes the table, and only then commits. Trials
 * of one sweep that end while files are being moved come together in the next turn. For one thread;
 * files are touched on Vert.x's worker threads.
 */
final class Commits {
  /** How often files are looked for before they count as lost: a shared folder may lag behind. */
  private static final int MOST_TRIES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private final Vertx vertx;
  private final SweepFolders folders;
  private final Decisions decisions;
  private final int attempts;
  private final Map<SweepRun, Turn> turns = new HashMap<>();

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

    /** Rows in the table of trials that the log does not call committed yet. */
    private final Map<Integer, Row> rows = new HashMap<>();

    private final Map<Integer, Integer> tries = new HashMap<>();
    private boolean busy;
    private boolean table;
  }

  /**
   * What one turn on a worker thread came to.
   *
   * @param placed trials whose files are in their place, and their rows in the table
   * @param lost trials whose files could not be put into their place, and why
   */
  private record Placed(Map<LoggedTrial, Row> placed, Map<LoggedTrial, String> lost) {}

  /** Commits what has ended and is not committed; does nothing while a turn of the sweep runs. */
  void run(SweepRun run) {
    Turn turn = turns.computeIfAbsent(run, fresh -> new Turn());
    List<LoggedTrial> ended =
        run.active().stream()
            .filter(trial -> trial.step() == LoggedTrial.Step.ENDED && !trial.triedAgain(attempts))
            .filter(trial -> !turn.underWay.contains(trial.id().number()))
            .toList();
    if (turn.busy || ended.isEmpty() && !turn.table) {
      return;
    }
    turn.busy = true;
    turn.table = false;
    Map<Integer, Row> rows = run.rows();
    rows.putAll(turn.rows);
    vertx
        .executeBlocking(() -> place(run, ended, rows), false)
        .onSuccess(placed -> decide(run, turn, placed))
        .onFailure(e -> failed(run, turn, e));
  }

  /** Writes the table of a sweep, in whose rows something has changed. */
  void writeTable(SweepRun run) {
    turns.computeIfAbsent(run, fresh -> new Turn()).table = true;
    run(run);
  }

  /** A trial is committed, or its end was overruled: it may come again. */
  void done(SweepRun run, int trial) {
    Turn turn = turns.get(run);
    if (turn != null) {
      turn.underWay.remove(trial);
      turn.rows.remove(trial);
      turn.tries.remove(trial);
    }
  }

  /** Removes what a loser has written after its trial was over. */
  void clear(TrialId trial) {
    vertx
        .executeBlocking(
            () -> {
              folders.clear(trial);
              return null;
            },
            false)
        .onFailure(e -> LOG.warn("left-over files of {} cannot be removed", trial, e));
  }

  private Placed place(SweepRun run, List<LoggedTrial> ended, Map<Integer, Row> rows)
      throws IOException {
    Map<LoggedTrial, Row> placed = new LinkedHashMap<>();
    Map<LoggedTrial, String> lost = new HashMap<>();
    Map<Integer, Row> table = new TreeMap<>(rows);
    for (LoggedTrial trial : ended) {
      try {
        folders.place(trial.id(), trial.end().orElseThrow());
        placed.put(trial, run.row(trial, trial.endState()));
      } catch (FileNotFoundException e) {
        lost.put(trial, e.getMessage());
      } catch (IOException | InvalidPathException e) {
        lost.put(trial, e.toString());
      }
    }
    placed.forEach((trial, row) -> table.put(trial.id().number(), row));
    folders.write(run.results(table.values()), run.sweep().text());
    return new Placed(placed, lost);
  }

  private void decide(SweepRun run, Turn turn, Placed done) {
    turn.busy = false;
    done.placed()
        .forEach(
            (trial, row) -> {
              turn.underWay.add(trial.id().number());
              turn.rows.put(trial.id().number(), row);
              settle(turn, trial, decisions.commit(trial.id(), trial.attempt()));
            });
    done.lost().forEach((trial, missing) -> lost(turn, trial, missing));
    run(run);
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
          LOG.warn("{}: its end could not be written to the log, trying again", trial.id(), e);
          turn.underWay.remove(trial.id().number());
        });
  }

  private void failed(SweepRun run, Turn turn, Throwable e) {
    LOG.error("results of {} cannot be written, trying again", run.sweep().name(), e);
    turn.busy = false;
    turn.table = true;
  }
}
