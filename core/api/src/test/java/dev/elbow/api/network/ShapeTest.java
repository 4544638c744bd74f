package dev.elbow.api.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void aFigureHasNoDimensionsAndOneValue() {
    assertEquals(0, Shape.of().rank());
    assertEquals(1, Shape.of().size());
    assertEquals("[]", Shape.of().toString());
  }

  @Test
  void sizesAreCountedBeyondTheLargestInt() {
    assertEquals(1L << 40, Shape.of(1 << 20, 1 << 20).size());
    assertThrows(ArithmeticException.class, () -> Shape.of(1 << 30, 1 << 30, 1 << 30).size());
  }

  @Test
  void oneDimensionIsReplaced() {
    assertEquals(Shape.of(1, 7, 28), Shape.of(1, 28, 28).with(1, 7));
    assertEquals("[1, 7, 28]", Shape.of(1, 28, 28).with(1, 7).toString());
  }

  @Test
  void emptyDimensionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Shape.of(1, 0, 28));
  }
}
