package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class DciScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new DciScore();
  }

  @Override
  protected boolean needsFactors() {
    return true;
  }
}
