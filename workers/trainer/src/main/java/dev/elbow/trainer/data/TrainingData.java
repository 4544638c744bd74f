package dev.elbow.trainer.data;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Likelihood;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.random.StreamKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A dataset in memory of the engine. Thread-safe; must not be closed while a slot uses it. */
public final class TrainingData implements AutoCloseable {
  private final DatasetDescription description;
  private final StoredImages images;
  private final StoredImages evaluated;
  private final int[] declaredTrain;
  private final int[] test;
  private final StreamKey.Numbered noise;
  private final Map<DatasetChoice, Split> splits = new ConcurrentHashMap<>();
  private final StrayPixels stray;
  private final int[] labels;

  private TrainingData(Images source, String sha256, StoredImages images, StoredImages evaluated) {
    this.description = source.description();
    this.images = images;
    this.stray = new StrayPixels(description.format(), images);
    this.evaluated = evaluated;
    this.declaredTrain = source.train();
    this.test = source.test();
    this.noise = StreamKey.ofData(sha256, "noise").numbered();
    boolean isLabelled = !description.labels().isEmpty();
    this.labels =
        isLabelled ? IntStream.range(0, source.count()).map(source::label).toArray() : new int[0];
  }

  /**
   * Copies {@code source} into memory of {@code engine}.
   *
   * @param sha256 of the data
   */
  public static TrainingData of(Images source, String sha256, Engine engine) {
    StoredImages images = engine.store(source);
    StoredImages evaluated =
        source.description().targets() == Targets.DYNAMIC
            ? engine.store(new BinarisedImages(source, image -> images.values(image), sha256))
            : images;
    return new TrainingData(source, sha256, images, evaluated);
  }

  public DatasetDescription description() {
    return description;
  }

  /** The images as the dataset gives them; where targets are dynamic, their grey values. */
  public StoredImages images() {
    return images;
  }

  /** The images as an evaluation sees them, under the same numbers. */
  public StoredImages evaluated() {
    return evaluated;
  }

  /**
   * Checks that {@code likelihood} knows all pixels.
   *
   * @throws UnfitImagesException if one is outside [0, 1], where the likelihood has no density
   */
  public void requireFit(Likelihood likelihood) throws UnfitImagesException {
    if (likelihood.isOfUnitInterval() && stray.first().isPresent()) {
      throw new UnfitImagesException(
          "likelihood '%s' is of pixels from 0 to 1, but %s; expected gaussian or laplace"
              .formatted(likelihood.name(), stray.first().get()));
    }
  }

  /** The class of an image; −1 if it has none. */
  public int label(int image) {
    return labels.length == 0 ? -1 : labels[image];
  }

  /**
   * Checks that every image has a label.
   *
   * @throws UnfitImagesException naming the first that has none
   */
  public void requireLabels() throws UnfitImagesException {
    for (int image = 0; image < images.count(); image++) {
      if (label(image) < 0) {
        throw new UnfitImagesException(
            "image %d of the data has no label, but encoder or decoder ask for one (condition: label)"
                .formatted(image));
      }
    }
  }

  /** The images of a trial on these data. */
  public Split split(DatasetChoice choice) {
    return splits.computeIfAbsent(
        choice, c -> Split.of(declaredTrain, test, description.labels(), this::label, c));
  }

  /**
   * The noise that {@code numbers} are evaluated with: the first {@code latent} values of a stream
   * for each image, so that codes of other sizes share what they have in common.
   */
  public float[] evaluationNoise(int[] numbers, int latent) {
    float[] values = new float[Math.multiplyExact(numbers.length, latent)];
    for (int i = 0; i < numbers.length; i++) {
      float[] ofImage = noise.stream(numbers[i]).gaussians(latent);
      System.arraycopy(ofImage, 0, values, i * latent, latent);
    }
    return values;
  }

  /**
   * Test images as an evaluation sees them, for people to look at: up to {@code count}, spread
   * evenly over the test set, because the first ones of a generated set are all alike.
   */
  public float[] shownTestImages(int count) {
    return evaluated.values(shownTestNumbers(count));
  }

  /** The numbers of {@link #shownTestImages}. */
  public int[] shownTestNumbers(int count) {
    int shown = Math.min(count, test.length);
    return IntStream.range(0, shown)
        .map(i -> test[Math.toIntExact((long) i * test.length / shown)])
        .toArray();
  }

  @Override
  public void close() {
    if (evaluated != images) {
      evaluated.close();
    }
    images.close();
  }
}
