package dev.elbow.trainer.training;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Condition;
import dev.elbow.trainer.data.TrainingData;
import dev.elbow.trainer.engine.ConditionValues;
import java.util.function.ToDoubleFunction;

/**
 * What the networks of a model are told of images of its data.
 *
 * @param data whose labels are told
 */
record Told(Vae vae, TrainingData data) {
  /**
   * The values for {@code images}, side by side for each.
   *
   * @param weight of the KL term: asked once for each image, in their order
   */
  float[] of(int[] images, ToDoubleFunction<Condition.Beta> weight) {
    return ConditionValues.of(
        vae, images.length, (condition, index) -> value(condition, images[index], weight));
  }

  private float[] value(Condition condition, int image, ToDoubleFunction<Condition.Beta> weight) {
    return condition instanceof Condition.Beta beta
        ? new float[] {(float) weight.applyAsDouble(beta)}
        : condition.example(data.label(image));
  }
}
