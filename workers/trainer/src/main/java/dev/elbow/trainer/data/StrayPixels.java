package dev.elbow.trainer.data;

import dev.elbow.api.data.PixelFormat;
import dev.elbow.trainer.engine.StoredImages;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Looks for pixels outside [0, 1], once; only floats can be. Thread-safe. */
final class StrayPixels {
  private static final int IMAGES_AT_ONCE = 256;

  private final PixelFormat format;
  private final StoredImages images;
  private Optional<String> found;

  StrayPixels(PixelFormat format, StoredImages images) {
    this.format = format;
    this.images = images;
  }

  /** The first image that has one, and its value; empty if there is none. */
  synchronized Optional<String> first() {
    if (found == null) {
      found = format == PixelFormat.FLOAT32 ? look() : Optional.empty();
    }
    return found;
  }

  private Optional<String> look() {
    for (int from = 0; from < images.count(); from += IMAGES_AT_ONCE) {
      int to = Math.min(images.count(), from + IMAGES_AT_ONCE);
      float[] values = images.values(IntStream.range(from, to).toArray());
      OptionalInt stray = stray(values);
      if (stray.isPresent()) {
        int image = from + stray.getAsInt() / (values.length / (to - from));
        return Optional.of("image %d holds %s".formatted(image, values[stray.getAsInt()]));
      }
    }
    return Optional.empty();
  }

  // What is not a number is not within anything.
  private static OptionalInt stray(float[] values) {
    return IntStream.range(0, values.length)
        .filter(i -> !(values[i] >= 0 && values[i] <= 1))
        .findFirst();
  }
}
