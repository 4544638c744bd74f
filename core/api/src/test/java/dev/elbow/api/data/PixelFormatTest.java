package dev.elbow.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.network.Shape;
import org.junit.jupiter.api.Test;

class PixelFormatTest {
  @Test
  void everyImageBeginsWithANewByte() {
    assertEquals(1, PixelFormat.BITS.sizeBytes(Shape.of(1, 1, 1)));
    assertEquals(2, PixelFormat.BITS.sizeBytes(Shape.of(1, 3, 3)));
    assertEquals(512, PixelFormat.BITS.sizeBytes(Shape.of(1, 64, 64)));
    assertEquals(9, PixelFormat.UINT8.sizeBytes(Shape.of(1, 3, 3)));
    assertEquals(36, PixelFormat.FLOAT32.sizeBytes(Shape.of(1, 3, 3)));
  }
}
