package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.network.DescriptionException;
import dev.elbow.api.network.Population;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Operations that look at more than one example, on numbers that can be followed by hand. */
class BatchRulesIT {
  private static final float[] THREE = {1, 2, 10, 20, 100, 200};

  private final LibtorchReference engine = new LibtorchReference();

  private float[] computed(UnaryOperator<Tensor> block) {
    Tensor x = Tensor.input("x", Shape.of(2), "");
    return engine.compute(List.of(block.apply(x)), Map.of(), Map.of(x, THREE), 3, 0).get(0);
  }

  @Test
  void aMeanOverTheBatchIsTheSameForEachExample() {
    assertArrayEquals(new float[] {37, 74, 37, 74, 37, 74}, computed(Tensor::batchMean));
    assertArrayEquals(new float[] {111, 111, 111}, computed(x -> x.sum().batchMean()));
  }

  @Test
  void pairsHaveAFirstAndASecond() {
    float[] found = computed(x -> x.firsts().scale(1000).plus(x.seconds()).sumOver());
    assertArrayEquals(new float[] {3111, 6222, 30111, 60222, 300111, 600222}, found);
    assertArrayEquals(
        new float[] {37, 74, 37, 74, 37, 74}, computed(x -> x.seconds().meanOver()), 1e-5f);
  }

  @Test
  void pairsAreToldApartByTheirDistance() {
    assertArrayEquals(THREE, computed(x -> x.seconds().times(Tensor.isSame()).sumOver()));
    assertArrayEquals(
        new float[] {10, 20, 100, 200, 1, 2},
        computed(x -> x.seconds().times(Tensor.isNext()).sumOver()));
  }

  @Test
  void rowsBecomeSamplesAndSamplesOneValue() {
    float[] found = computed(x -> x.outer(x).samples().times(x.repeated(2)).sumOver());
    assertArrayEquals(
        new float[] {1 + 2, 4 + 8}, new float[] {found[0], found[1]}, 1e-4f, "first example");
    assertEquals(Population.samples(2), Tensor.input("x", Shape.of(2), "").samples().population());
  }

  @Test
  void theBatchKnowsItsSize() {
    assertArrayEquals(
        new float[] {3, 6, 30, 60, 300, 600}, computed(x -> x.times(Tensor.batchSize())));
  }

  @Test
  void whatIsThereForOtherThingsDoesNotMeet() {
    Tensor x = Tensor.input("x", Shape.of(2), "");
    DescriptionException error = assertThrows(DescriptionException.class, () -> x.firsts().plus(x));
    assertTrue(
        error
            .getMessage()
            .startsWith("a value for each pair of examples does not meet one for each example"),
        error::getMessage);
    assertThrows(DescriptionException.class, () -> x.repeated(2).firsts());
    assertThrows(DescriptionException.class, () -> x.sumOver());
  }
}
