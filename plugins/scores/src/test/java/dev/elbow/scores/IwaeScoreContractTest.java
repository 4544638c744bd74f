package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class IwaeScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new IwaeScore();
  }

  @Override
  protected boolean needsFactors() {
    return false;
  }
}
