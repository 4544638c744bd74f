package dev.elbow.trainer.training;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Tensor;
import dev.elbow.trainer.random.RandomStream;
import java.util.Arrays;

/** Draws what dropout leaves out, image by image. */
final class Dropouts {
  private final RandomStream stream;
  private final double[] rates;

  Dropouts(Vae vae, RandomStream stream) {
    this.stream = stream;
    this.rates = new double[vae.dropoutSize()];
    int from = 0;
    for (Tensor value : vae.dropouts()) {
      int size = Math.toIntExact(value.population().samples() * value.shape().size());
      Arrays.fill(rates, from, from + size, ((Op.Dropout) value.op()).rate());
      from += size;
    }
  }

  /** For the next images, one after the other: 0 for what is left out, 1 for what stays. */
  byte[] draw(int images) {
    byte[] kept = new byte[Math.multiplyExact(images, rates.length)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (byte) (stream.nextDouble() < rates[i % rates.length] ? 0 : 1);
    }
    return kept;
  }
}
