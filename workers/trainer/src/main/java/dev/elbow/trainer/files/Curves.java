package dev.elbow.trainer.files;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.RatePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tables {@code metrics.csv} and {@code latents.csv}: a trial from evaluation to evaluation;
 * and {@code rate_distortion.csv}: its model over what it was trained for.
 */
final class Curves {
  private static final String METRICS =
      "epoch,train_objective,train_loss,train_reconstruction,train_kl,"
          + "validation_loss,validation_reconstruction,validation_kl,"
          + "test_loss,test_reconstruction,test_kl,seconds,images_per_second,step\n";
  private static final String RATES =
      "beta,validation_loss,validation_reconstruction,validation_kl,"
          + "test_loss,test_reconstruction,test_kl\n";
  private static final String LATENTS = "epoch,dimension,kl,mu_variance,step\n";

  private final List<Evaluation> evaluations;

  Curves(List<Evaluation> evaluations) {
    this.evaluations = List.copyOf(evaluations);
  }

  /** One row for each evaluation; losses in nats per image, validation empty without a split. */
  String metrics() {
    return evaluations.stream().map(Curves::row).collect(Collectors.joining("", METRICS, ""));
  }

  /**
   * One row for each evaluation and latent dimension, counted from 0, on the test images: KL in
   * nats, and the variance of the posterior's mean.
   */
  String latents() {
    return evaluations.stream()
        .map(Curves::dimensions)
        .collect(Collectors.joining("", LATENTS, ""));
  }

  /**
   * One row for each weight of the KL term, from the least to the most; losses as in {@link
   * #metrics}.
   */
  static String rates(List<RatePoint> points) {
    return points.stream().map(Curves::row).collect(Collectors.joining("", RATES, ""));
  }

  private static String row(RatePoint point) {
    List<String> cells = new ArrayList<>();
    cells.add(Figures.measured(point.beta()));
    cells.addAll(cells(point.validation()));
    cells.addAll(cells(Optional.of(point.test())));
    return String.join(",", cells) + "\n";
  }

  private static String row(Evaluation evaluation) {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(evaluation.epoch()));
    cells.add(Figures.measured(evaluation.trainObjective()));
    cells.addAll(cells(Optional.of(evaluation.train())));
    cells.addAll(cells(evaluation.validation()));
    cells.addAll(cells(Optional.of(evaluation.test())));
    cells.add(Figures.measured(evaluation.seconds()));
    cells.add(Figures.measured(evaluation.imagesPerSecond()));
    cells.add(String.valueOf(evaluation.step()));
    return String.join(",", cells) + "\n";
  }

  private static List<String> cells(Optional<Losses> losses) {
    return losses
        .map(
            known ->
                List.of(
                    Figures.measured(known.loss()),
                    Figures.measured(known.reconstruction()),
                    Figures.measured(known.kl())))
        .orElse(List.of("", "", ""));
  }

  private static String dimensions(Evaluation evaluation) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < evaluation.klPerDimension().size(); i++) {
      rows.append(evaluation.epoch()).append(',').append(i).append(',');
      rows.append(Figures.measured(evaluation.klPerDimension().get(i))).append(',');
      rows.append(Figures.measured(evaluation.muVariances().get(i))).append(',');
      rows.append(evaluation.step()).append('\n');
    }
    return rows.toString();
  }
}
