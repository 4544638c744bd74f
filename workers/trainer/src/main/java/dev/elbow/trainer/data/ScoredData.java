package dev.elbow.trainer.data;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.Targets;
import dev.elbow.api.score.ScoredPart;
import dev.elbow.inference.VaeModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Images as an evaluation sees them, outside of the engine: scores need their labels and factors
 * too. Thread-safe.
 */
public final class ScoredData {
  private static final long SEED = 1;

  private final Images images;

  private ScoredData(Images images) {
    this.images = images;
  }

  /**
   * @param source as the dataset gives them
   * @param sha256 of the data
   */
  public static ScoredData of(Images source, String sha256) {
    boolean grey = source.description().targets() != Targets.DYNAMIC;
    return new ScoredData(
        grey ? source : new BinarisedImages(source, image -> pixels(source, image), sha256));
  }

  /** All of them; pixels are those that an evaluation sees. */
  public Images images() {
    return images;
  }

  /**
   * The numbers of the images of a part, in an order that has nothing to do with what they show.
   *
   * @param choice what the trial sets aside and leaves out
   * @param most how many at most; of more, some are drawn, always the same ones
   */
  public int[] numbers(ScoredPart part, DatasetChoice choice, int most) {
    Split split = split(choice);
    return drawn(
        switch (part) {
          case TEST -> split.test();
          case VALIDATION -> split.validation();
          case TRAIN -> split.train();
          case ALL -> joined(split.train(), split.validation(), split.test());
        },
        most);
  }

  /**
   * Likewise, of the classes that the trial leaves out: a validation part has those of training.
   */
  public int[] heldOut(ScoredPart part, DatasetChoice choice, int most) {
    int[][] heldOut = split(choice).heldOut();
    return drawn(
        switch (part) {
          case TEST -> heldOut[1];
          case VALIDATION, TRAIN -> heldOut[0];
          case ALL -> joined(heldOut);
        },
        most);
  }

  private Split split(DatasetChoice choice) {
    List<String> labels = images.description().labels();
    return Split.of(images.train(), images.test(), labels, images::label, choice);
  }

  private static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted().toArray();
  }

  private static int[] drawn(int[] of, int most) {
    int[] numbers = of.clone();
    shuffle(numbers);
    return Arrays.copyOf(numbers, Math.min(most, numbers.length));
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
  public VaeModel told(VaeModel model, int... numbers) {
    return model.classes() == 0
        ? model
        : model.withLabels(Arrays.stream(numbers).map(images::label).toArray());
  }

  /** The pixels of some images, one image after the other. */
  public float[] pixels(int... numbers) {
    return pixels(images, numbers);
  }

  private static float[] pixels(Images from, int... numbers) {
    DatasetDescription description = from.description();
    int size = Math.toIntExact(description.image().size());
    int bytes = Math.toIntExact(description.format().sizeBytes(description.image()));
    float[] pixels = new float[Math.multiplyExact(numbers.length, size)];
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.length; i++) {
      buffer.clear();
      from.read(numbers[i], 1, buffer);
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
