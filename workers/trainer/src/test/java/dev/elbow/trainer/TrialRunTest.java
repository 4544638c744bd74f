package dev.elbow.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialRunTest {
  @Test
  void itsRateIsThatOfTheLastEvaluationWhereNothingWasLeftToTrain() {
    assertEquals(1000, TrialRun.rate(0, 0, evaluation(1000)));
    assertEquals(250, TrialRun.rate(500, 2, evaluation(1000)));
  }

  private static Evaluation evaluation(double imagesPerSecond) {
    Losses losses = new Losses(1, 1);
    List<Double> each = List.of(1.0);
    return new Evaluation(
        1, 8, 2, losses, Optional.empty(), losses, each, each, 1.5, imagesPerSecond);
  }
}
