package dev.elbow.trainer.libtorch;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What is drawn for some images or told of them, side by side for each, as a model takes it. */
final class Noise {
  private Noise() {}

  /**
   * Puts {@code inputs} into {@code given}, from {@code all} of {@code images} rows, in which they
   * lie side by side.
   */
  static void give(
      List<dev.elbow.api.network.Tensor> inputs,
      Tensor all,
      long images,
      Map<dev.elbow.api.network.Tensor, Tensor> given) {
    long from = 0;
    for (dev.elbow.api.network.Tensor input : inputs) {
      long size = input.shape().size();
      Tensor part = all.narrow(1, from, size);
      given.put(input, part.reshape(Shapes.batched(images, input.shape())));
      from += size;
    }
  }

  /** What dropout keeps, by its name, from {@code all} of {@code images} rows. */
  static Map<String, Tensor> kept(Vae vae, Tensor all) {
    Map<String, Tensor> kept = new HashMap<>();
    long from = 0;
    for (dev.elbow.api.network.Tensor value : vae.dropouts()) {
      long size = value.population().samples() * value.shape().size();
      kept.put(((Op.Dropout) value.op()).name(), all.narrow(1, from, size).to(ScalarType.Float));
      from += size;
    }
    return kept;
  }
}
