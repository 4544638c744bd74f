package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class MigScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new MigScore();
  }

  @Override
  protected boolean needsFactors() {
    return true;
  }
}
