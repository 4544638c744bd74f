package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.trainer.engine.GeneratedImages;
import dev.elbow.trainer.engine.StoredImages;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageMemoryIT {
  private static final int SIDE = 7;

  private final LibtorchEngine engine = LibtorchEngine.load(Optional.empty());

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void givesBackWhatTheDatasetGave(PixelFormat format) {
    GeneratedImages images = new GeneratedImages(SIDE, 40, 5, format, Targets.GREY);
    try (StoredImages stored = engine.store(images)) {
      assertEquals(45, stored.count());
      assertEquals(45 * format.sizeBytes(images.description().image()), stored.sizeBytes());
      int[] numbers = {44, 0, 17};
      float[] values = stored.values(numbers);
      assertEquals(numbers.length * SIDE * SIDE, values.length);
      for (int i = 0; i < values.length; i++) {
        int pixel = i % (SIDE * SIDE);
        float expected = images.value(numbers[i / (SIDE * SIDE)], pixel / SIDE, pixel % SIDE);
        assertEquals(expected, values[i], "pixel %d of image %d".formatted(pixel, i));
      }
    }
  }
}
