package dev.elbow.coordinator.http;

import dev.elbow.coordinator.client.ModelAnswer;
import dev.elbow.coordinator.http.ModelQuestion.Example;
import dev.elbow.inference.Betas;
import dev.elbow.inference.Codes;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.ModelException;
import dev.elbow.inference.Reconstruction;
import dev.elbow.inference.VaeModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A model and what it is asked. Noise comes from a seed, so the same question has the same answer.
 */
final class AskedModel {
  /** More images than this are not decoded for one question. */
  private static final int MOST_EXAMPLES = 256;

  /** Nor more values, which bounds an answer to some megabytes. */
  private static final int MOST_VALUES = 1 << 19;

  /** Far outside of any prior, and near enough that sums stay finite. */
  private static final float LARGEST_CODE = 1e6f;

  private static final int USUAL_SAMPLES = 16;
  private static final int USUAL_TRAVERSED = 16;
  private static final int USUAL_STEPS = 11;
  private static final int MOST_STEPS = 64;
  private static final float USUAL_END = 3;
  private static final int COLUMNS = 8;

  private static final String LABEL = "label";
  private static final String BETA = "beta";

  private final ModelQuestion question;
  private VaeModel model;
  private final List<Integer> shape;
  private final Example image;
  private final Example code;
  private final int most;

  AskedModel(VaeModel model, ModelQuestion question) {
    this.model = model;
    this.question = question;
    this.shape = List.of(model.channels(), model.height(), model.width());
    this.image = new Example("an image of " + shape, model.imageSize(), 0, 1);
    this.code =
        new Example(
            "a code of %d latent dimensions".formatted(model.latent()),
            model.latent(),
            -LARGEST_CODE,
            LARGEST_CODE);
    this.most = Math.max(1, Math.min(MOST_EXAMPLES, MOST_VALUES / model.imageSize()));
  }

  /** An answer in its forms, of which one is made; codes are not drawn. */
  record Result(Supplier<ModelAnswer> json, Optional<Supplier<byte[]>> picture) {
    Result(Supplier<ModelAnswer> json, Supplier<byte[]> picture) {
      this(json, Optional.of(picture));
    }
  }

  /** Beside these fields the model is told what it asks for. */
  private void expect(String... known) {
    List<String> fields = new ArrayList<>(List.of(known));
    int classes = model.classes();
    Optional<Betas> betas = model.betas();
    if (classes > 0) {
      fields.add(LABEL);
    }
    betas.ifPresent(range -> fields.add(BETA));
    question.expect(fields);
    if (classes > 0) {
      model = model.withLabel(label(classes));
    }
    betas.ifPresent(range -> model = model.withBeta(beta(range)));
  }

  private int label(int classes) {
    if (!question.has(LABEL)) {
      question.refuse(
          LABEL,
          "missing, expected an integer from 0 to %d: the class of what is asked for"
              .formatted(classes - 1));
    }
    return question.whole(LABEL, 0, classes - 1, 0);
  }

  private double beta(Betas range) {
    return question.number(BETA, range.least(), range.most(), range.usual());
  }

  Result encode() {
    expect("x");
    float[] x = question.examples("x", most, image);
    question.check();
    Encoding result = model.encode(x);
    requireFinite(result.mu());
    requireFinite(result.logvar());
    return new Result(
        () -> new ModelAnswer.Encoded(codes(result.mu()), codes(result.logvar())),
        Optional.empty());
  }

  Result decode() {
    expect("z", "columns");
    float[] z = question.examples("z", most, code);
    int columns = question.whole("columns", 1, MOST_EXAMPLES, COLUMNS);
    question.check();
    float[] images = images(z);
    return new Result(
        () -> new ModelAnswer.Decoded(shape, rows(images, image)),
        () -> model.picture(images, columns));
  }

  Result reconstruct() {
    expect("x", "seed");
    float[] x = question.examples("x", most, image);
    Optional<Long> seed = question.seed();
    question.check();
    int size = x.length / model.imageSize() * model.latent();
    // Without a seed nothing is drawn: the mean of the posterior is decoded.
    float[] eps = seed.map(known -> Codes.normal(known, size, 1)).orElseGet(() -> new float[size]);
    Reconstruction result = model.reconstruct(x, eps);
    requireFinite(result.xHat());
    requireFinite(result.z());
    requireFinite(result.logvar());
    return new Result(() -> answer(result), () -> model.comparison(x, result.xHat(), COLUMNS));
  }

  private ModelAnswer answer(Reconstruction result) {
    return new ModelAnswer.Reconstructed(
        shape,
        rows(result.xHat(), image),
        codes(result.mu()),
        codes(result.logvar()),
        codes(result.z()));
  }

  /**
   * The test images of a trial's picture of reconstructions, in which each band is a row of images
   * and below it the row of what became of them.
   */
  Result pictured(byte[] reconstructions) {
    float[][][] rows = rows(reconstructions);
    List<float[]> images = new ArrayList<>();
    for (int row = 0; row + 1 < rows.length; row += 2) {
      for (int column = 0; column < rows[row].length; column++) {
        if (!isWhite(rows[row][column]) || !isWhite(rows[row + 1][column])) {
          images.add(rows[row][column]);
        }
      }
    }
    float[] shown = joined(images.stream().limit(most).toArray(float[][]::new));
    float[] mu = model.withShownLabels(shown.length / model.imageSize()).encode(shown).mu();
    requireFinite(mu);
    return new Result(
        () -> new ModelAnswer.Pictured(shape, rows(shown, image), codes(mu), labels(), betas()),
        () -> model.picture(shown, COLUMNS));
  }

  private List<String> labels() {
    return IntStream.range(0, model.classes()).mapToObj(model::labelName).toList();
  }

  private List<Double> betas() {
    return model.betas().map(range -> List.of(range.least(), range.most())).orElse(List.of());
  }

  private float[][][] rows(byte[] reconstructions) {
    try {
      return model.images(reconstructions, 2);
    } catch (ModelException e) {
      throw Refusal.unknown("its test images cannot be shown: " + e.getMessage());
    }
  }

  private float[] joined(float[][] images) {
    float[] values = new float[images.length * model.imageSize()];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(images[i], 0, values, i * model.imageSize(), model.imageSize());
    }
    return values;
  }

  // The last band may not be full.
  private static boolean isWhite(float[] image) {
    for (float value : image) {
      if (value < 1) {
        return false;
      }
    }
    return true;
  }

  Result sample() {
    expect("count", "seed");
    int count = question.whole("count", 1, most, Math.min(most, USUAL_SAMPLES));
    long seed = question.seed().orElse(0L);
    question.check();
    float[] z = Codes.normal(seed, count * model.latent(), 1);
    float[] images = images(z);
    return new Result(
        () -> new ModelAnswer.Sampled(shape, rows(images, image), codes(z)),
        () -> model.picture(images, COLUMNS));
  }

  Result traverse() {
    expect("x", "z", "dimensions", "from", "to", "steps");
    int steps = question.whole("steps", 1, Math.min(most, MOST_STEPS), Math.min(most, USUAL_STEPS));
    List<Integer> dimensions = dimensions(steps);
    float from = question.number("from", -USUAL_END, LARGEST_CODE);
    float to = question.number("to", USUAL_END, LARGEST_CODE);
    float[] start = start();
    question.check();
    List<Float> values =
        IntStream.range(0, steps).mapToObj(i -> value(from, to, i, steps)).toList();
    float[] z = traversals(start, dimensions, values);
    float[] images = images(z);
    return new Result(
        () -> new ModelAnswer.Traversed(shape, dimensions, values, rows(images, image), codes(z)),
        () -> model.picture(images, steps));
  }

  private List<Integer> dimensions(int steps) {
    int latent = model.latent();
    int fitting = Math.min(latent, most / steps);
    List<Integer> dimensions =
        question
            .wholes("dimensions", 0, latent - 1)
            .orElseGet(
                () -> IntStream.range(0, Math.min(fitting, USUAL_TRAVERSED)).boxed().toList());
    if (dimensions.size() > fitting) {
      question.refuse(
          "dimensions",
          "found %d with %d steps each, expected at most %d images"
              .formatted(dimensions.size(), steps, most));
    }
    return dimensions;
  }

  /** The code that the others differ from: one that is given, that of an image, or the origin. */
  private float[] start() {
    if (question.has("x") && question.has("z")) {
      question.refuse("x", "found beside z, expected one of them");
    }
    if (question.has("z")) {
      return question.examples("z", 1, code);
    }
    if (!question.has("x")) {
      return new float[model.latent()];
    }
    float[] x = question.examples("x", 1, image);
    question.check();
    return model.encode(x).mu();
  }

  private static float value(float from, float to, int step, int steps) {
    return steps == 1 ? from : from + (to - from) * step / (steps - 1);
  }

  private static float[] traversals(float[] start, List<Integer> dimensions, List<Float> values) {
    float[] codes = new float[dimensions.size() * values.size() * start.length];
    int to = 0;
    for (int dimension : dimensions) {
      for (float value : values) {
        System.arraycopy(start, 0, codes, to, start.length);
        codes[to + dimension] = value;
        to += start.length;
      }
    }
    return codes;
  }

  private float[] images(float[] z) {
    float[] images = model.decode(z);
    requireFinite(images);
    return images;
  }

  // JSON has no word for them.
  private static void requireFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw Refusal.question(
            "body", "the model's answer is not finite; expected values nearer to what it has seen");
      }
    }
  }

  private float[][] codes(float[] values) {
    return rows(values, code);
  }

  private static float[][] rows(float[] values, Example example) {
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += example.size()) {
      rows.add(Arrays.copyOfRange(values, from, from + example.size()));
    }
    return rows.toArray(float[][]::new);
  }
}
