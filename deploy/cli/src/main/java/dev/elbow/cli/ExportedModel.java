package dev.elbow.cli;

import dev.elbow.api.data.Images;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.VaeModel;
import java.util.Arrays;

/** A model as its exported files have it, before the images that it is judged by. */
final class ExportedModel implements ScoredModel {
  private static final int BLOCK = 256;

  private final VaeModel model;
  private final ScoredImages images;
  private Codes codes;

  ExportedModel(VaeModel model, ScoredImages images) {
    this.model = model;
    this.images = images;
  }

  @Override
  public Images images() {
    return images.all();
  }

  @Override
  public int[] numbers() {
    return images.numbers().clone();
  }

  @Override
  public Codes codes() {
    if (codes == null) {
      codes = codes(images.numbers());
    }
    return codes;
  }

  @Override
  public Codes codes(int... numbers) {
    int latent = model.latent();
    float[] mu = new float[numbers.length * latent];
    float[] logvar = new float[mu.length];
    for (int first = 0; first < numbers.length; first += BLOCK) {
      int[] block = Arrays.copyOfRange(numbers, first, Math.min(numbers.length, first + BLOCK));
      Encoding encoding = images.told(model, block).encode(images.pixels(block));
      System.arraycopy(encoding.mu(), 0, mu, first * latent, encoding.mu().length);
      System.arraycopy(encoding.logvar(), 0, logvar, first * latent, encoding.logvar().length);
    }
    return new Codes(latent, mu, logvar);
  }
}
