package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class AnomalyScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new AnomalyScore();
  }

  @Override
  protected boolean needsFactors() {
    return false;
  }
}
