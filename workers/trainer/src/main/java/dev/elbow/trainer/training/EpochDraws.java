package dev.elbow.trainer.training;

import dev.elbow.api.data.Targets;
import dev.elbow.trainer.data.Binarisation;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.random.RandomStream;
import dev.elbow.trainer.random.StreamKey;
import java.util.Arrays;
import java.util.Optional;

/** Everything random of one epoch, dealt in the order of its batches. */
final class EpochDraws {
  private final TrainingTask task;
  private final int[] order;
  private final RandomStream noise;
  private final RandomStream pixels;
  private final Dropouts dropouts;
  private final RandomStream weights;
  private final Told told;
  private int dealt;

  /**
   * @param epoch from 0
   */
  EpochDraws(TrainingTask task, long epoch) {
    long seed = task.trial().seed();
    this.task = task;
    this.order = task.split().train().clone();
    StreamKey.ofTrial(seed, "shuffle", epoch).stream().shuffle(order);
    this.noise = StreamKey.ofTrial(seed, "noise", epoch).stream();
    this.pixels = StreamKey.ofTrial(seed, "binarisation", epoch).stream();
    this.weights = StreamKey.ofTrial(seed, "beta", epoch).stream();
    this.told = new Told(task.vae(), task.data());
    this.dropouts = new Dropouts(task.vae(), StreamKey.ofTrial(seed, "dropout", epoch).stream());
  }

  /** The next images with noise, and what networks are told of them. */
  Batch deal(int images) {
    int[] numbers = Arrays.copyOfRange(order, dealt, dealt + images);
    dealt += images;
    int values = Math.multiplyExact(images, task.vae().noiseSize());
    float[] conditions = told.of(numbers, beta -> beta.at(weights.nextDouble()));
    return new Batch(task.data().images(), numbers, noise.gaussians(values), conditions);
  }

  /** As if {@code images} had been dealt, everything of them drawn. */
  void skip(int images) {
    int draws = isDynamic() ? Binarisation.drawsPerImage(imageSize()) : 0;
    int values = task.vae().noiseSize();
    for (int i = 0; i < images; i++) {
      noise.gaussians(values);
      task.vae().weights().ifPresent(drawn -> weights.nextDouble());
      for (int draw = 0; draw < draws; draw++) {
        pixels.nextLong();
      }
    }
    dropouts.draw(images);
    dealt += images;
  }

  /** What dropout keeps of the images of {@code batch}, which was just dealt. */
  byte[] kept(Batch batch) {
    return dropouts.draw(batch.images().length);
  }

  /** Pixels for the images of {@code batch}, which was just dealt, where targets are dynamic. */
  Optional<byte[]> pixels(Batch batch) {
    if (!isDynamic()) {
      return Optional.empty();
    }
    float[] grey = task.data().images().values(batch.images());
    return Optional.of(Binarisation.draw(pixels, grey, imageSize()));
  }

  private boolean isDynamic() {
    return task.data().description().targets() == Targets.DYNAMIC;
  }

  private int imageSize() {
    return Math.toIntExact(task.data().description().image().size());
  }
}
