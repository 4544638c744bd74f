package dev.elbow.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.network.Shape;
import dev.elbow.trainer.onnx.Models;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  @Test
  void measuresFewerImagesAtOnceWhereOneNeedsMuchMemory() {
    assertEquals(1024, Evaluator.batch(Models.dense(Shape.of(1, 28, 28), 400, 20)));
    assertEquals(64, Evaluator.batch(Models.convolutional(Shape.of(1, 256, 256), 4)));
    assertEquals(1, Evaluator.batch(Models.dense(Shape.of(1, 2048, 4096), 1, 1)));
  }
}
