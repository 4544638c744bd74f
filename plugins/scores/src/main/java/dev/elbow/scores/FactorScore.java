package dev.elbow.scores;

import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.ScoreSubject;
import java.util.Optional;

/** A score of how codes stand for the true factors of images. */
interface FactorScore extends Score {
  @Override
  default Optional<String> problem(ScoreSubject subject, Options options) {
    return Factors.problem(subject.data());
  }
}
