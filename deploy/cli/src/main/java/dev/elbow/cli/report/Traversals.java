package dev.elbow.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.inference.Codes;
import dev.elbow.inference.ImageSheet;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What each latent dimension of a model does, from its exported files.
 *
 * @param png a row for each dimension, in which it alone goes from −3 to 3 from the prior's mean
 * @param rows what the rows are, in words, from the top
 */
record Traversals(byte[] png, List<String> rows) {
  private static final int STEPS = 11;
  private static final int MOST_ROWS = 12;
  private static final double END = 3;

  Traversals {
    rows = List.copyOf(rows);
  }

  /**
   * Those of a trial; the dimensions that say most about test images come first.
   *
   * @param told the trial's own description
   * @throws IOException if its model is gone or cannot be read
   */
  static Traversals of(Path folder, JsonNode told) throws IOException {
    List<Double> kl = new ArrayList<>();
    told.at("/metrics/kl_per_dimension").forEach(each -> kl.add(each.asDouble()));
    try (VaeModel loaded = VaeModel.load(folder)) {
      // Of one class, which every model of classes has.
      VaeModel model = loaded.classes() == 0 ? loaded : loaded.withLabel(0);
      List<Integer> dimensions =
          IntStream.range(0, model.latent())
              .boxed()
              .sorted(Comparator.comparing(i -> i < kl.size() ? -kl.get(i) : 0))
              .limit(MOST_ROWS)
              .toList();
      return new Traversals(png(model, dimensions), words(dimensions, kl));
    }
  }

  private static byte[] png(VaeModel model, List<Integer> dimensions) {
    ImageSheet sheet = model.sheet(dimensions.size(), STEPS, 1);
    float[] mean = new float[model.latent()];
    for (int row = 0; row < dimensions.size(); row++) {
      float[] images = model.decode(Codes.traversal(mean, dimensions.get(row), -END, END, STEPS));
      for (int step = 0; step < STEPS; step++) {
        sheet.draw(row, step, images, step);
      }
    }
    return sheet.png();
  }

  private static List<String> words(List<Integer> dimensions, List<Double> kl) {
    return dimensions.stream()
        .map(
            i ->
                i < kl.size()
                    ? String.format(Locale.ROOT, "%d (%.2f nats)", i, kl.get(i))
                    : String.valueOf(i))
        .toList();
  }
}
