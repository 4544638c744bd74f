package dev.elbow.trainer.pictures;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Condition;
import dev.elbow.inference.Codes;
import dev.elbow.inference.ImageSheet;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.engine.ConditionValues;
import dev.elbow.trainer.onnx.ToldModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws what an exported model has learned, as PNG files. The noise is the same for every model, so
 * that the pictures of two trials compare. Immutable.
 */
public final class ModelPictures {
  private static final int COLUMNS = 8;
  private static final int BANDS = 4;
  private static final int SAMPLES = 64;
  private static final int TRAVERSED = 16;
  private static final int TRAVERSAL_STEPS = 11;
  private static final float TRAVERSAL_END = 3;
  private static final long SAMPLE_SEED = 20140110;

  private final VaeModel model;
  private final Vae vae;
  private final float[] conditions;

  /**
   * @param vae that the model was exported from
   * @param conditions what its networks are told of the images that are shown, as {@link
   *     ConditionValues} has it
   */
  public ModelPictures(VaeModel model, Vae vae, float[] conditions) {
    this.model = requireNonNull(model, "model is null");
    this.vae = requireNonNull(vae, "vae is null");
    this.conditions = requireNonNull(conditions, "conditions is null");
  }

  /** The model, told of the images from {@code first} up to {@code first + count}. */
  private VaeModel toldOf(int first, int count) {
    int size = vae.conditionSize();
    return ToldModel.of(
        model, vae, Arrays.copyOfRange(conditions, first * size, (first + count) * size));
  }

  /**
   * Images, and below each what the model makes of the mean of its posterior.
   *
   * @param images as the encoder sees them; the first 32 are drawn
   */
  public byte[] reconstructions(float[] images) {
    int count = Math.min(COLUMNS * BANDS, images.length / model.imageSize());
    float[] shown = Arrays.copyOf(images, count * model.imageSize());
    VaeModel told = toldOf(0, count);
    float[] reconstructed = told.decode(told.encode(shown).mu());
    return model.comparison(shown, reconstructed, COLUMNS);
  }

  /** 64 mean images of codes drawn from the prior, of each class in turn if there are classes. */
  public byte[] samples() {
    float[] codes = Codes.normal(SAMPLE_SEED, SAMPLES * model.latent(), 1);
    return model.picture(ofEachClass(SAMPLES).decode(codes), COLUMNS);
  }

  private VaeModel ofEachClass(int count) {
    float[] told =
        ConditionValues.of(
            vae,
            count,
            (condition, index) ->
                condition instanceof Condition.Beta beta
                    ? new float[] {(float) beta.usual()}
                    : condition.example(index));
    return ToldModel.of(model, vae, told);
  }

  /**
   * One row for each latent dimension, the most informative first, at most 16: the mean image of
   * one test image's code in which that dimension alone goes from −3 to 3 (Higgins et al. 2017,
   * figure 1). Starting from a real code keeps the other dimensions where the decoder was trained,
   * which the prior's mean does not promise.
   *
   * @param images as the encoder sees them, at least one; the one in the middle is taken
   * @param klPerDimension in nats, {@code latent} of them
   */
  public byte[] traversals(float[] images, List<Double> klPerDimension) {
    int size = model.imageSize();
    int index = images.length / size / 2;
    int middle = index * size;
    VaeModel told = toldOf(index, 1);
    float[] code = told.encode(Arrays.copyOfRange(images, middle, middle + size)).mu();
    List<Integer> dimensions = mostInformative(klPerDimension);
    ImageSheet sheet = model.sheet(dimensions.size(), TRAVERSAL_STEPS, 1);
    float[] traversed = told.decode(codesAround(code, dimensions));
    for (int row = 0; row < dimensions.size(); row++) {
      for (int step = 0; step < TRAVERSAL_STEPS; step++) {
        sheet.draw(row, step, traversed, row * TRAVERSAL_STEPS + step);
      }
    }
    return sheet.png();
  }

  private List<Integer> mostInformative(List<Double> klPerDimension) {
    // The sort is stable: equal dimensions keep their order.
    return IntStream.range(0, model.latent())
        .boxed()
        .sorted(Comparator.comparing(klPerDimension::get, Comparator.reverseOrder()))
        .limit(TRAVERSED)
        .toList();
  }

  private static float[] codesAround(float[] code, List<Integer> dimensions) {
    float[] codes = new float[dimensions.size() * TRAVERSAL_STEPS * code.length];
    int at = 0;
    for (int dimension : dimensions) {
      for (int step = 0; step < TRAVERSAL_STEPS; step++) {
        System.arraycopy(code, 0, codes, at, code.length);
        float share = (float) step / (TRAVERSAL_STEPS - 1);
        codes[at + dimension] = TRAVERSAL_END * (2 * share - 1);
        at += code.length;
      }
    }
    return codes;
  }
}
