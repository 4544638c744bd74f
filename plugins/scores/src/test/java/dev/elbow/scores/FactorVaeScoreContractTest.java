package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class FactorVaeScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new FactorVaeScore();
  }

  @Override
  protected boolean needsFactors() {
    return true;
  }
}
