package dev.elbow.cli;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.inference.VaeModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The images that models are judged by.
 *
 * @param all of the data
 * @param numbers of those that are meant, in an order that has nothing to do with what they show
 */
record ScoredImages(Images all, int[] numbers) {
  private static final long SEED = 1;

  static final int USUAL = 10_000;

  /** Which images are meant. */
  enum Part {
    TEST,
    TRAIN,
    ALL
  }

  /** What is added to a column where other images than usual are meant: {@code _all_images_500}. */
  static String suffix(Part part, int most) {
    return (part == Part.TEST ? "" : "_" + part.name().toLowerCase(Locale.ROOT))
        + (most == USUAL ? "" : "_images_" + most);
  }

  /**
   * @param most how many images at most; of more, some are drawn, always the same ones
   */
  static ScoredImages of(Images images, Part part, int most) {
    int[] numbers =
        switch (part) {
          case TEST -> images.test();
          case TRAIN -> images.train();
          case ALL -> IntStream.range(0, images.count()).toArray();
        };
    shuffle(numbers);
    return new ScoredImages(images, Arrays.copyOf(numbers, Math.min(most, numbers.length)));
  }

  private static void shuffle(int[] numbers) {
    Random random = new Random(SEED);
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int number = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = number;
    }
  }

  /** {@code model}, told the class of each of some images if it asks for it. */
  VaeModel told(VaeModel model, int[] images) {
    return model.classes() == 0
        ? model
        : model.withLabels(Arrays.stream(images).map(all::label).toArray());
  }

  /** The pixels of some images, each in [0, 1], one image after the other. */
  float[] pixels(int[] images) {
    DatasetDescription description = all.description();
    int size = Math.toIntExact(description.image().size());
    int bytes = Math.toIntExact(description.format().sizeBytes(description.image()));
    float[] pixels = new float[images.length * size];
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < images.length; i++) {
      buffer.clear();
      all.read(images[i], 1, buffer);
      for (int p = 0; p < size; p++) {
        pixels[i * size + p] =
            switch (description.format()) {
              case BITS -> buffer.get(p / 8) >> (7 - p % 8) & 1;
              case UINT8 -> (buffer.get(p) & 0xff) / 255f;
              case FLOAT32 -> buffer.getFloat(4 * p);
            };
      }
    }
    return pixels;
  }
}
