package dev.elbow.scores;

import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.ScoreContract;

class MigSampledScoreContractTest extends ScoreContract {
  @Override
  protected Score plugin() {
    return new MigSampledScore();
  }

  @Override
  protected boolean needsFactors() {
    return true;
  }
}
