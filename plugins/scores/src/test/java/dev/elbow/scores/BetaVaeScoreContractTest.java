package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class BetaVaeScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new BetaVaeScore();
  }

  @Override
  protected boolean needsFactors() {
    return true;
  }
}
