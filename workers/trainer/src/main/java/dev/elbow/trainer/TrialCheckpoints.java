package dev.elbow.trainer;

import dev.elbow.api.TrialId;
import dev.elbow.trainer.checkpoint.Checkpoint;
import dev.elbow.trainer.checkpoint.CheckpointException;
import dev.elbow.trainer.checkpoint.CheckpointFile;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.training.TrainingTask;
import dev.elbow.trainer.training.TrialTrainer;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an execution goes on, and what it leaves for the next one. For one thread. */
final class TrialCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(TrialCheckpoints.class);

  private final TrainingTask task;
  private final CheckpointFile file;
  private final CheckpointPace pace;
  private long savedStep;

  TrialCheckpoints(TrainingTask task, CheckpointFile file, CheckpointPace pace) {
    this.task = task;
    this.file = file;
    this.pace = pace;
  }

  /** A trainer that goes on from the newest checkpoint, or begins where none can be used. */
  TrialTrainer open(Engine engine) throws IOException {
    Optional<Checkpoint> last = last();
    if (last.isEmpty()) {
      return TrialTrainer.begin(engine, task, TrialTrainer.STEPS_PER_CALL);
    }
    Checkpoint from = last.get();
    savedStep = from.position().step();
    LOG.info("{} goes on from step {}", trial(), savedStep);
    return TrialTrainer.resume(
        engine, task, TrialTrainer.STEPS_PER_CALL, from.state(), from.position());
  }

  private Optional<Checkpoint> last() throws IOException {
    try {
      Optional<Checkpoint> last = file.read();
      if (last.isPresent() && !last.get().fits(task.vae())) {
        LOG.warn("{} begins anew: its checkpoint is of another network", trial());
        return Optional.empty();
      }
      return last;
    } catch (CheckpointException e) {
      LOG.warn("{} begins anew: {}", trial(), e.getMessage());
      return Optional.empty();
    }
  }

  void epochEnded(TrialTrainer trainer) {
    if (pace.isDueAtEpochEnd(System.nanoTime())) {
      save(trainer);
    }
  }

  void trained(TrialTrainer trainer) {
    if (pace.isDueInEpoch(System.nanoTime())) {
      save(trainer);
    }
  }

  /** Writes one, unless nothing was trained since the last. */
  void save(TrialTrainer trainer) {
    if (trainer.position().step() == savedStep) {
      return;
    }
    long began = System.nanoTime();
    try {
      file.write(Checkpoint.of(task.vae(), trainer.state(), trainer.position()));
      savedStep = trainer.position().step();
    } catch (IOException | RuntimeException e) {
      // A trial is worth more than its checkpoint: it goes on where a disk is full, or an object
      // store away.
      LOG.warn("{}: no checkpoint could be written: {}", trial(), e.toString());
    }
    pace.saved(began, System.nanoTime());
  }

  private TrialId trial() {
    return task.trial().id();
  }
}
