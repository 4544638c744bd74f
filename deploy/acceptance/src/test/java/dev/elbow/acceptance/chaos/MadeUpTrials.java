package dev.elbow.acceptance.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Trials as a sweep over β leaves them, made up: their rate and distortion follow β and some luck,
 * and fall from epoch to epoch as in a training.
 */
final class MadeUpTrials {
  static final int EPOCHS = 50;
  private static final int STEPS_AN_EPOCH = 8;
  private static final String COLUMNS =
      "epoch,step,train_objective,train_loss,train_reconstruction,train_kl,test_loss,test_reconstruction,test_kl,seconds,images_per_second\n";

  private final List<Double> betas;

  /**
   * @param betas of the trials, by number
   */
  MadeUpTrials(List<Double> betas) {
    this.betas = List.copyOf(betas);
  }

  /** What is known of a trial after an epoch. */
  Evaluation after(TrialId trial, int epoch) {
    double beta = betas.get(trial.number() - 1);
    Random luck = new Random(trial.number());
    double rate = 24 * Math.pow(0.3 + beta, -0.7) * (1 + 0.08 * luck.nextGaussian());
    double distortion = 62 + 80 * Math.exp(-rate / 9) + Math.abs(3 * luck.nextGaussian());
    double left = Math.exp(-epoch / (4 + 4 * luck.nextDouble()));
    Losses test = new Losses(distortion + 90 * left, rate * (1 - left));
    Losses train = new Losses(test.reconstruction() - 1, test.kl() + 0.1);
    return new Evaluation(
        epoch,
        (long) epoch * STEPS_AN_EPOCH,
        train.reconstruction() + beta * train.kl(),
        train,
        Optional.empty(),
        test,
        List.of(rate / 2, rate / 3, rate / 6),
        List.of(0.9, 0.6, 0.3),
        0.04,
        12_000);
  }

  /** The whole life of a trial that has ended: most complete, some are stopped. */
  List<Event> life(long epoch, TrialId trial) {
    Instant at = Instant.now();
    String execution = "%s-%d".formatted(trial.sweep(), trial.number());
    boolean stopped = trial.number() % 20 == 7;
    Map<String, String> files = stopped ? Map.of() : Map.of("trial.json", "1".repeat(64));
    return List.of(
        new Event.Queued(epoch, trial, 1, Optional.empty(), at),
        new Event.Started(trial, 1, execution, "worker", 1, at),
        new Event.Ended(
            trial, 1, execution, "worker", end(trial, stopped), trial + "/" + execution, files, at),
        new Event.Committed(epoch, trial, 1, at));
  }

  private TrialOutcome end(TrialId trial, boolean stopped) {
    return stopped
        ? new TrialOutcome.Stopped(Optional.of(after(trial, 12)), "no better for 5 epochs", 0.6)
        : new TrialOutcome.Completed(after(trial, EPOCHS), 4.75e-7, 2.5, 12_000);
  }

  /** Writes the curve of a trial to where a coordinator looks for it. */
  void writeCurve(Path results, TrialId trial) throws IOException {
    Path folder = results.resolve(trial.sweep()).resolve("trials").resolve(trial.folder());
    StringBuilder text = new StringBuilder(COLUMNS);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      Evaluation at = after(trial, epoch);
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%.4f,%s,%s,0.04,12000%n",
              epoch,
              at.step(),
              at.trainObjective(),
              text(at.train()),
              text(at.test())));
    }
    Files.writeString(Files.createDirectories(folder).resolve("metrics.csv"), text, UTF_8);
  }

  private static String text(Losses losses) {
    return String.format(
        Locale.ROOT, "%.4f,%.4f,%.4f", losses.loss(), losses.reconstruction(), losses.kl());
  }
}
