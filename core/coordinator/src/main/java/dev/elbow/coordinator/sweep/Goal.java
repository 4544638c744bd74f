package dev.elbow.coordinator.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What decides tables, search and stopping.
 *
 * @param direction whether less or more is better
 * @param column a column of {@code results.csv}
 * @param instead the validation column that was meant, where there is no validation split and
 *     {@code column} is its test counterpart
 */
public record Goal(Direction direction, String column, Optional<String> instead) {
  /** The columns of {@code results.csv} that hold figures, in their order. */
  public static final List<String> COLUMNS =
      List.of(
          "epochs",
          "train_objective",
          "train_loss",
          "train_reconstruction",
          "train_kl",
          "validation_loss",
          "validation_reconstruction",
          "validation_kl",
          "test_loss",
          "test_reconstruction",
          "test_kl",
          "active_units",
          "onnx_max_abs_error",
          "seconds",
          "images_per_second");

  private static final Logger LOG = LoggerFactory.getLogger(Goal.class);

  /** Whether less or more is better. */
  public enum Direction {
    MINIMIZE,
    MAXIMIZE;

    /** The key in a sweep file: {@code minimize}, {@code maximize}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * The goal of a sweep file that was accepted before; the usual one if the file cannot be read.
   *
   * @param split whether its trials have validation images
   */
  public static Goal read(Path sweepFile, boolean split) {
    Optional<Value> given = Optional.empty();
    try {
      given =
          YamlText.read(FileContent.read(sweepFile), new Problems())
              .map(root -> root.entries().get("goal"))
              .map(Value.Entry::value);
    } catch (IOException e) {
      LOG.warn("{} cannot be read, so results are sorted by loss: {}", sweepFile, e.toString());
    }
    return new GoalReader(new Problems()).read(given, split);
  }

  /** The better figure first; figures that are no numbers last. */
  public Comparator<Double> bestFirst() {
    Comparator<Double> order =
        direction == Direction.MINIMIZE ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return Comparator.comparing((Double figure) -> figure.isNaN()).thenComparing(order);
  }

  /** A sentence for people if the goal is not what was meant. */
  public Optional<String> notice() {
    return instead.map(
        meant ->
            "There is no validation split, so %s stands in for %s (dataset.validation sets images aside)."
                .formatted(column, meant));
  }
}
