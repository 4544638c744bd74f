package dev.elbow.trainer.engine;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What networks are told of some images, side by side for each, as a {@link Batch} has it. */
public final class ConditionValues {
  private ConditionValues() {}

  /** Tells what a network is told. */
  @FunctionalInterface
  public interface Source {
    /**
     * One example of {@code condition}.
     *
     * @param index of the image among those that are asked for, from 0
     */
    float[] of(Condition condition, int index);
  }

  /** The values of all {@link Vae#conditions} of {@code vae} for so many images. */
  public static float[] of(Vae vae, int images, Source source) {
    List<Condition> conditions = conditions(vae);
    float[] all = new float[Math.multiplyExact(images, vae.conditionSize())];
    int to = 0;
    for (int image = 0; to < all.length; image++) {
      for (Condition condition : conditions) {
        float[] one = source.of(condition, image);
        System.arraycopy(one, 0, all, to, one.length);
        to += one.length;
      }
    }
    return all;
  }

  /** Values to try {@code vae} with. */
  public static float[] examples(Vae vae, int images) {
    return of(vae, images, Condition::example);
  }

  /** The same values for each condition by itself, one image after the other. */
  public static Map<Tensor, float[]> apart(Vae vae, float[] all) {
    Map<Tensor, float[]> apart = new IdentityHashMap<>();
    int row = vae.conditionSize();
    int from = 0;
    for (Tensor condition : vae.conditions()) {
      int size = Math.toIntExact(condition.shape().size());
      float[] own = new float[all.length / row * size];
      for (int image = 0; image < all.length / row; image++) {
        System.arraycopy(all, image * row + from, own, image * size, size);
      }
      apart.put(condition, own);
      from += size;
    }
    return apart;
  }

  /** What {@code vae} is told, in the order of {@link Vae#conditions}. */
  public static List<Condition> conditions(Vae vae) {
    return vae.conditions().stream().map(value -> ((Op.Given) value.op()).condition()).toList();
  }
}
