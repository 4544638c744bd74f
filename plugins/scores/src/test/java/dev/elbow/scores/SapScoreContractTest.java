package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class SapScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new SapScore();
  }

  @Override
  protected boolean needsFactors() {
    return true;
  }
}
