package dev.elbow.trainer.libtorch;

import dev.elbow.api.Vae;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The noise of some images, which lies side by side for each, as the inputs of a model. */
final class Noise {
  private Noise() {}

  /** Puts into {@code given} what {@code vae} draws, from {@code all} of {@code images} rows. */
  static void give(
      Vae vae, Tensor all, long images, Map<dev.elbow.api.network.Tensor, Tensor> given) {
    long from = 0;
    for (dev.elbow.api.network.Tensor input : vae.noise()) {
      long size = input.shape().size();
      Tensor part = all.narrow(1, from, size);
      given.put(input, part.reshape(Shapes.batched(images, input.shape())));
      from += size;
    }
  }
}
