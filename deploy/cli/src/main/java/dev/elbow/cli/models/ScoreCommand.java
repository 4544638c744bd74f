package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.inference.ImageLosses;
import dev.elbow.inference.PixelLoss;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how unusual images are. */
@Command(
    name = "score",
    description = {
      "Tells how unusual images are to the model: a table with a row for each, higher is more unusual.",
      "",
      "An image of a kind that the model never saw may score low all the same if it is simple: of digits, ones do (Nalisnick et al. 2019).",
      "",
      "With --normal a threshold is set so that the share --quantile of those images lies at or below it; the column anomaly says what lies above. "
          + "With --anomalous, and images that have labels, the area under the ROC curve is told.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow score mnist-tutorial/0001 parts/ --normal good/ --quantile 0.99 --out scores.csv",
      "  elbow score no-nines/0001 t10k-images-idx3-ubyte.gz --anomalous 9 --out scores.csv"
    })
final class ScoreCommand extends ImagesCommand {
  @Option(
      names = "--by",
      paramLabel = "SCORE",
      description =
          "elbo (-ELBO in nats), reconstruction (its part of it), kl, or squared-error (knows no likelihood). Default: elbo")
  private Score by = Score.ELBO;

  @Option(
      names = "--normal",
      paramLabel = "IMAGES",
      description = "Images that are as they should be, and that the model was not trained on.")
  private String normal;

  @Option(
      names = "--quantile",
      paramLabel = "Q",
      description = "Share of the normal images that shall not count as anomalies. Default: 0.95")
  private double quantile = 0.95;

  @Option(
      names = "--anomalous",
      paramLabel = "LABEL,…",
      split = ",",
      description = "Labels of images that are anomalies; all others are normal.")
  private Set<String> anomalous = Set.of();

  @Option(
      names = "--draws",
      paramLabel = "N",
      description =
          "Codes that are drawn for an image and averaged over; 0 decodes the mean. Default: 1")
  private int draws = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Of the noise. Default: 0")
  private long seed;

  /** What an image is judged by. */
  enum Score {
    ELBO,
    RECONSTRUCTION,
    KL,
    SQUARED_ERROR;

    /** As options have it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    double[] of(ImageLosses losses) {
      return switch (this) {
        case ELBO -> losses.loss();
        case RECONSTRUCTION, SQUARED_ERROR -> losses.reconstruction();
        case KL -> losses.kl();
      };
    }
  }

  @Override
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.TABLE};
  }

  @Override
  List<String> problems() {
    return new Ranges()
        .whole("--draws", draws, 0, 10_000)
        .number("--quantile", quantile, 1e-9, 1)
        .problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    PixelLoss loss = loss(model);
    ImageReading reading = reading(model);
    OptionalDouble threshold = threshold(model, loss);
    Scores scores = new Scores(anomalous, threshold);
    try (WorkProgress progress = progress(reading.count());
        NewFile file = new NewFile(output().path())) {
      file.out().write(scores.header().getBytes(UTF_8));
      reading.forEach(
          progress,
          batch -> {
            ImageLosses losses = model.losses(batch.values(), loss, draws, seed);
            file.out().write(scores.rows(batch, losses, by.of(losses)).getBytes(UTF_8));
          });
      scores.check();
      file.commit();
    }
    Map<String, Object> facts = counts(reading);
    facts.put("by", by.toString());
    facts.putAll(scores.facts());
    return new Report(counted(reading) + String.join("", scores.sentences()), facts);
  }

  private PixelLoss loss(VaeModel model) throws RefusedImages {
    if (by == Score.SQUARED_ERROR) {
      return PixelLoss.SQUARED_ERROR;
    }
    Optional<PixelLoss> likelihood = PixelLoss.ofLikelihood(model.metadata());
    if (likelihood.isEmpty() && by != Score.KL) {
      throw new RefusedImages(
          List.of(
              "--by: the model says that its likelihood is '%s', which cannot be computed from exported files; expected squared-error or kl"
                  .formatted(model.metadata().getOrDefault("likelihood", "unknown"))));
    }
    return likelihood.orElse(PixelLoss.SQUARED_ERROR);
  }

  private OptionalDouble threshold(VaeModel model, PixelLoss loss)
      throws RefusedImages, IOException {
    if (normal == null) {
      return OptionalDouble.empty();
    }
    ImageReading reading = reading(model, normal);
    List<double[]> pieces = new ArrayList<>();
    try (WorkProgress progress = progress(reading.count())) {
      reading.forEach(
          progress, batch -> pieces.add(by.of(model.losses(batch.values(), loss, draws, seed))));
    }
    double[] all = pieces.stream().flatMapToDouble(Arrays::stream).toArray();
    return OptionalDouble.of(Ranking.quantile(all, quantile));
  }
}
