package dev.elbow.trainer.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurvesTest {
  private static final Losses TEST = new Losses(85.5, 20.25);

  @Test
  void leavesValidationEmptyWithoutASplit() {
    Curves curves = new Curves(List.of(evaluation(1, Optional.empty())));
    assertEquals(
        """
        epoch,train_objective,train_loss,train_reconstruction,train_kl,validation_loss,\
        validation_reconstruction,validation_kl,test_loss,test_reconstruction,test_kl,seconds,\
        images_per_second,step
        1,120.5,110,90,20,,,,105.75,85.5,20.25,1.5,40000,469
        """,
        curves.metrics());
  }

  @Test
  void writesOneRowForEachEvaluation() {
    Optional<Losses> validation = Optional.of(new Losses(86, 20));
    Curves curves = new Curves(List.of(evaluation(1, validation), evaluation(2, validation)));
    List<String> rows = curves.metrics().lines().toList();
    assertEquals(3, rows.size());
    assertEquals("2,120.5,110,90,20,106,86,20,105.75,85.5,20.25,1.5,40000,938", rows.get(2));
  }

  @Test
  void writesOneRowForEachLatentDimension() {
    Curves curves = new Curves(List.of(evaluation(1, Optional.empty())));
    assertEquals(
        "epoch,dimension,kl,mu_variance,step\n1,0,3.5,0.9,469\n1,1,0.001,0.0002,469\n",
        curves.latents());
  }

  private static Evaluation evaluation(int epoch, Optional<Losses> validation) {
    return new Evaluation(
        epoch,
        469L * epoch,
        120.5,
        new Losses(90, 20),
        validation,
        TEST,
        List.of(3.5, 0.001),
        List.of(0.9, 0.0002),
        1.5,
        40000);
  }
}
