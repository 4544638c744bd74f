package dev.elbow.trainer.files;

import dev.elbow.api.Evaluation;
import dev.elbow.api.RatePoint;
import dev.elbow.api.Trial;
import dev.elbow.api.Vae;
import dev.elbow.api.data.Targets;
import java.util.List;
import java.util.Map;

/**
 * A trial that was trained to its end.
 *
 * @param trial as it was queued
 * @param vae its description
 * @param parameters the trained values of every parameter of encoder and decoder, by name, in
 *     row-major order; not changed
 * @param evaluations one for each row of its curves, at least one
 * @param targets what its likelihood was asked to predict
 * @param testImages some test images as the encoder sees them, one after the other, the same for
 *     every trial of a dataset; as many as there are up to {@link #TEST_IMAGES}, at least one; not
 *     changed
 * @param conditions what the networks are told of the test images, as {@link
 *     dev.elbow.trainer.engine.ConditionValues} has it
 * @param labels names of the classes of the data; empty if they have none
 * @param rates the curve of a model for many weights of the KL term; empty for any other
 */
public record FinishedTrial(
    Trial trial,
    Vae vae,
    Map<String, float[]> parameters,
    List<Evaluation> evaluations,
    Targets targets,
    float[] testImages,
    float[] conditions,
    List<String> labels,
    List<RatePoint> rates) {
  /** How many test images the pictures and the verification want. */
  public static final int TEST_IMAGES = 32;

  /** One whose networks are told nothing beside the images. */
  public FinishedTrial(
      Trial trial,
      Vae vae,
      Map<String, float[]> parameters,
      List<Evaluation> evaluations,
      Targets targets,
      float[] testImages) {
    this(
        trial,
        vae,
        parameters,
        evaluations,
        targets,
        testImages,
        new float[0],
        List.of(),
        List.of());
  }

  public FinishedTrial {
    labels = List.copyOf(labels);
    rates = List.copyOf(rates);
    parameters = Map.copyOf(parameters);
    evaluations = List.copyOf(evaluations);
    if (evaluations.isEmpty()) {
      throw new IllegalArgumentException("a finished trial has at least one evaluation");
    }
    long size = vae.image().size();
    if (testImages.length == 0 || testImages.length % size != 0) {
      throw new IllegalArgumentException(
          "test images have %d values, expected a multiple of %d"
              .formatted(testImages.length, size));
    }
  }

  /** What was measured last. */
  Evaluation last() {
    return evaluations.get(evaluations.size() - 1);
  }

  /** How many test images there are. */
  int testImageCount() {
    return Math.toIntExact(testImages.length / vae.image().size());
  }
}
