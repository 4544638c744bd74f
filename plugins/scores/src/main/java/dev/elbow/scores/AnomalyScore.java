package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How well a model tells images of classes that it was not trained on: the area under the receiver
 * operating characteristic, which is the share of pairs of a foreign and a known image where the
 * foreign one has the larger loss, an equal loss counting half. One figure takes −ELBO for the
 * loss, the other the reconstruction alone.
 */
public final class AnomalyScore implements Score {
  private static final long SEED = 2013;
  private static final List<Option> OPTIONS =
      List.of(
          Option.whole(
              "draws", 0, 1000, 1, "Codes drawn of each image; 0 decodes the mean alone."));

  @Override
  public String name() {
    return "anomaly";
  }

  @Override
  public String description() {
    return "How well losses tell images of classes that were left out of the training: AUROC, from mean"
        + " images: exported decoders give no logits.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public List<String> columns() {
    return List.of("anomaly_auroc_elbo", "anomaly_auroc_reconstruction");
  }

  @Override
  public Optional<String> problem(ScoreSubject subject, Options options) {
    return subject.without().isEmpty()
        ? Optional.of(
            "needs a class that is left out of the training, as dataset.without: [3] does with data"
                + " that have labels")
        : Likelihoods.problem(subject);
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    Losses known = Losses.of(model, model.numbers(), options.count("draws"));
    model.reaches(0.5);
    Losses foreign = Losses.of(model, model.heldOut(), options.count("draws"));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("anomaly_auroc_elbo", area(known.elbo(), foreign.elbo()));
    figures.put(
        "anomaly_auroc_reconstruction", area(known.reconstruction(), foreign.reconstruction()));
    return figures;
  }

  /** The share of pairs whose foreign image has the larger loss. */
  static double area(double[] known, double[] foreign) {
    double[] sorted = known.clone();
    Arrays.sort(sorted);
    double smaller = 0;
    for (double loss : foreign) {
      smaller += (below(sorted, loss, false) + below(sorted, loss, true)) / 2.0;
    }
    return smaller / ((double) known.length * foreign.length);
  }

  private static int below(double[] sorted, double limit, boolean included) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < limit || included && sorted[middle] == limit) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** What is lost of each image. */
  private record Losses(double[] reconstruction, double[] elbo) {
    static Losses of(ScoredModel model, int[] images, int draws) {
      Codes codes = model.codes(images);
      double[] reconstruction = new double[images.length];
      for (int draw = 0; draw < Math.max(1, draws); draw++) {
        float[] z = draws == 0 ? codes.mu() : drawn(codes, images, draw);
        double[] densities = model.logLikelihoods(images, z);
        for (int i = 0; i < images.length; i++) {
          reconstruction[i] -= densities[i] / Math.max(1, draws);
        }
      }
      double[] elbo = new double[images.length];
      Arrays.setAll(elbo, i -> reconstruction[i] + kl(codes, i));
      return new Losses(reconstruction, elbo);
    }

    private static float[] drawn(Codes codes, int[] images, int draw) {
      float[] z = new float[codes.mu().length];
      for (int i = 0; i < images.length; i++) {
        SplittableRandom random = new SplittableRandom(SEED + draw + 1_000_003L * images[i]);
        for (int at = i * codes.latent(); at < (i + 1) * codes.latent(); at++) {
          double deviation = Math.exp(0.5 * codes.logvar()[at]);
          z[at] = (float) (codes.mu()[at] + deviation * random.nextGaussian());
        }
      }
      return z;
    }

    private static double kl(Codes codes, int image) {
      double kl = 0;
      for (int at = image * codes.latent(); at < (image + 1) * codes.latent(); at++) {
        double mu = codes.mu()[at];
        double logvar = codes.logvar()[at];
        kl += 0.5 * (mu * mu + Math.exp(logvar) - 1 - logvar);
      }
      return kl;
    }
  }
}
