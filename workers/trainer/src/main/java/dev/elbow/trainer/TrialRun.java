package dev.elbow.trainer;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.Vae;
import dev.elbow.api.data.DatasetException;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.MetricPoint;
import dev.elbow.trainer.checkpoint.CheckpointFile;
import dev.elbow.trainer.checkpoint.Provenance;
import dev.elbow.trainer.data.DataShelf;
import dev.elbow.trainer.data.TrainingData;
import dev.elbow.trainer.data.UnfitImagesException;
import dev.elbow.trainer.files.FinishedTrial;
import dev.elbow.trainer.files.WrittenFiles;
import dev.elbow.trainer.onnx.ExportException;
import dev.elbow.trainer.onnx.OnnxExporter;
import dev.elbow.trainer.training.DivergedException;
import dev.elbow.trainer.training.Progress;
import dev.elbow.trainer.training.TrainingObserver;
import dev.elbow.trainer.training.TrainingTask;
import dev.elbow.trainer.training.TrialTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One execution of a trial: from its data to its files, or to whatever ends it before. */
final class TrialRun implements TrainingObserver {
  private static final Logger LOG = LoggerFactory.getLogger(TrialRun.class);

  private final Workshop workshop;
  private final RunningTrial running;
  private final Trial trial;
  private final long started = System.nanoTime();
  private long images;
  private double trainingSeconds;
  private TrialTrainer trainer;
  private TrialCheckpoints checkpoints;

  TrialRun(Workshop workshop, RunningTrial running) {
    this.workshop = workshop;
    this.running = running;
    this.trial = workshop.parts().resolved(running.queued().trial());
  }

  /** How an execution ended. */
  sealed interface End {
    /**
     * The trial is over, or has to be tried again.
     *
     * @param files SHA-256 of each file by name; empty where there are none
     */
    record Over(TrialOutcome outcome, Map<String, String> files) implements End {}

    /** This worker cannot run it. */
    record Declined(String reason) implements End {}

    /** It was interrupted, and the trial is not over. */
    record Interrupted(Interruption reason) implements End {}
  }

  /** Trains the trial on the calling thread. */
  End run() {
    Optional<String> lack = lack();
    if (lack.isPresent()) {
      return new End.Declined("this worker lacks " + lack.get());
    }
    try (DataShelf.Loan loan = borrow()) {
      return run(loan.data());
    } catch (PluginFault e) {
      return failed(e.faults);
      // Whatever it is, it ends this trial and not the worker.
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return failed(e);
    }
  }

  /** The data that this worker lacks. Reading all of them may take longer than a queue waits. */
  private Optional<String> lack() {
    try {
      workshop.shelf().requireSame(trial.dataset());
    } catch (DatasetException e) {
      return Optional.of(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      // It will throw again when the data are loaded, and then end the trial as a plugin's fault.
      LOG.debug("the dataset of {} cannot be checked", trial.id(), e);
    }
    return Optional.empty();
  }

  private End failed(Throwable thrown) {
    LOG.info("{} failed", trial.id(), thrown);
    return failed(Faults.of(thrown));
  }

  private End failed(Faults faults) {
    LOG.info("{} failed: {} {}", trial.id(), faults.kind(), faults.message());
    return over(new TrialOutcome.Failed(faults.kind(), faults.message(), seconds()));
  }

  private static End over(TrialOutcome outcome) {
    return new End.Over(outcome, Map.of());
  }

  /** A plugin threw what it must not. */
  private static final class PluginFault extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Faults faults;

    PluginFault(String plugin, Throwable cause) {
      super(cause);
      faults = Faults.ofPlugin(plugin, cause);
    }
  }

  private DataShelf.Loan borrow() throws DatasetException, PluginFault, InterruptedException {
    try {
      return workshop.shelf().borrow(trial.dataset());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new PluginFault("dataset '%s'".formatted(trial.dataset().choice().plugin()), e);
    }
  }

  private Vae describe(TrainingData data) throws PluginFault {
    try {
      return workshop.parts().describe(trial, data.description());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      String plugins =
          "encoder '%s', decoder '%s' or objective '%s'"
              .formatted(
                  trial.encoder().plugin(), trial.decoder().plugin(), trial.objective().plugin());
      throw new PluginFault(plugins, e);
    }
  }

  private End run(TrainingData data)
      throws IOException, ExportException, DivergedException, UnfitImagesException, PluginFault {
    TrainingTask task = new TrainingTask(trial, describe(data), data);
    data.requireFit(task.vae().likelihood());
    if (task.readsLabels()) {
      data.requireLabels();
    }
    OnnxExporter.requireExportable(task.vae());
    checkpoints = checkpoints(task);
    running.enters(Heartbeat.Phase.TRAINING);
    try (TrialTrainer opened = checkpoints.open(workshop.engine())) {
      trainer = opened;
      return trainer.train(running::isInterrupted, this) ? finish(task) : interrupted();
    } catch (CancellationException e) {
      return interrupted();
    }
  }

  private TrialCheckpoints checkpoints(TrainingTask task) throws IOException {
    CheckpointFile file =
        new CheckpointFile(
            workshop.folders().ofTrial(trial.id()), trial, provenance(), running.execution());
    return new TrialCheckpoints(
        task, file, new CheckpointPace(workshop.checkpoint(), System.nanoTime()));
  }

  private Provenance provenance() {
    return new Provenance(
        workshop.engine().name(), workshop.engine().processor(), workshop.parts().origins(trial));
  }

  private End finish(TrainingTask task) throws IOException, ExportException {
    running.enters(Heartbeat.Phase.EXPORTING);
    Path folder = workshop.folders().ofExecution(trial.id(), running.execution());
    FinishedTrial finished =
        new FinishedTrial(
            trial,
            task.vae(),
            trainer.parameters(),
            trainer.evaluations(),
            task.data().description().targets(),
            task.data().shownTestImages(FinishedTrial.TEST_IMAGES),
            trainer.conditions(task.data().shownTestNumbers(FinishedTrial.TEST_IMAGES)),
            task.data().description().labels(),
            trainer.rates(this::isLost));
    TrialScores scores = new TrialScores(workshop.scorer(), trial, running::isInterrupted);
    return finish(workshop.files().write(folder, finished, trainer.session()::compute, scores::of));
  }

  private End finish(WrittenFiles written) {
    workshop.metrics().exported(written.onnxMaxAbsError());
    workshop.metrics().scored(trial.id(), written.scores());
    return isLost() ? interrupted() : new End.Over(completed(written), written.sha256());
  }

  private boolean isLost() {
    return running.interruption().filter(Interruption.Lost.class::isInstance).isPresent();
  }

  private TrialOutcome completed(WrittenFiles written) {
    List<Evaluation> evaluations = trainer.evaluations();
    Evaluation last = evaluations.get(evaluations.size() - 1);
    return new TrialOutcome.Completed(
        last,
        written.onnxMaxAbsError(),
        seconds(),
        rate(images, trainingSeconds, last),
        written.scores());
  }

  /** Images per second; those up to the last evaluation where this execution trained on none. */
  static double rate(long images, double seconds, Evaluation last) {
    return images > 0 && seconds > 0 ? images / seconds : last.imagesPerSecond();
  }

  private End interrupted() {
    Interruption reason = running.interruption().orElseThrow();
    if (reason instanceof Interruption.Lost) {
      workshop.folders().leave(trial.id(), running.execution());
    } else {
      checkpoints.save(trainer);
    }
    return reason instanceof Interruption.Stopped stopped
        ? over(new TrialOutcome.Stopped(lastEvaluation(), stopped.reason(), seconds()))
        : new End.Interrupted(reason);
  }

  private Optional<Evaluation> lastEvaluation() {
    List<Evaluation> done = trainer.evaluations();
    return done.isEmpty() ? Optional.empty() : Optional.of(done.get(done.size() - 1));
  }

  private double seconds() {
    return (System.nanoTime() - started) * 1e-9;
  }

  @Override
  public void trained(Progress progress) {
    images += progress.images();
    trainingSeconds += progress.seconds();
    running.enters(Heartbeat.Phase.TRAINING);
    running.reaches(progress);
    workshop.metrics().trained(progress.images());
    checkpoints.trained(trainer);
  }

  @Override
  public void evaluating() {
    running.enters(Heartbeat.Phase.EVALUATING);
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    workshop.metrics().evaluated(trial.id(), evaluation);
    workshop
        .reports()
        .tell(new MetricPoint(trial.id(), running.attempt(), running.execution(), evaluation));
  }

  @Override
  public void epochEnded() {
    checkpoints.epochEnded(trainer);
  }
}
