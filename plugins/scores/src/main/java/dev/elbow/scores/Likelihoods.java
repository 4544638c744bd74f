package dev.elbow.scores;

import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.score.ScoreSubject;
import java.util.Optional;

/** Which likelihoods can be computed of an exported model, whose decoder gives mean images. */
final class Likelihoods {
  private Likelihoods() {}

  /** Why the loss of an image cannot be computed. */
  static Optional<String> problem(ScoreSubject subject) {
    Likelihood likelihood = subject.likelihood();
    boolean known =
        likelihood instanceof Likelihood.Bernoulli
            || likelihood instanceof Likelihood.Gaussian
            || likelihood instanceof Likelihood.Laplace
            || likelihood instanceof Likelihood.ContinuousBernoulli;
    return known
        ? Optional.empty()
        : Optional.of(
            "needs a likelihood that can be computed from the mean image, which is what a decoder"
                + " gives: "
                + "bernoulli, continuous-bernoulli, gaussian or laplace, and that of these models is %s"
                    .formatted(likelihood.name()));
  }

  /** Why there is no density of an image. */
  static Optional<String> densityProblem(ScoreSubject subject) {
    boolean crossEntropy =
        subject.likelihood() instanceof Likelihood.Bernoulli
            && subject.data().targets() == Targets.GREY;
    return crossEntropy
        ? Optional.of(
            "needs a density, and bernoulli on grey pixels is a cross-entropy; expected binarised "
                + "images, or likelihood continuous-bernoulli, gaussian or laplace")
        : problem(subject);
  }
}
