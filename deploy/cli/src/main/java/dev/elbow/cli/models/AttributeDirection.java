package dev.elbow.cli.models;

import dev.elbow.inference.Codes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mean code of images with more of an attribute than usual less that of images with less. Where
 * images are compared within their labels, it is the mean of the directions of all labels by how
 * many images have them.
 */
final class AttributeDirection {
  private final int latent;
  private final boolean withinLabels;
  private final Map<String, List<Example>> groups = new TreeMap<>();

  AttributeDirection(int latent, boolean withinLabels) {
    this.latent = latent;
    this.withinLabels = withinLabels;
  }

  private record Example(float[] code, double figure) {}

  void add(ImageBatch batch, float[] codes, double[] figures) {
    for (int i = 0; i < batch.count(); i++) {
      String group = withinLabels ? batch.labels().get(i).orElse("") : "";
      float[] code = Arrays.copyOfRange(codes, i * latent, (i + 1) * latent);
      groups.computeIfAbsent(group, none -> new ArrayList<>()).add(new Example(code, figures[i]));
    }
  }

  /** How many have more, and how many have not. */
  record Split(float[] direction, int with, int without) {}

  /**
   * @throws RefusedImages if all images have the same figure
   */
  Split split() throws RefusedImages {
    double[] sum = new double[latent];
    int with = 0;
    int without = 0;
    for (List<Example> group : groups.values()) {
      double usual = group.stream().mapToDouble(Example::figure).average().orElseThrow();
      List<Example> more = group.stream().filter(each -> each.figure() > usual).toList();
      List<Example> less = group.stream().filter(each -> each.figure() <= usual).toList();
      if (!more.isEmpty()) {
        float[] difference = Codes.difference(mean(more), mean(less));
        add(sum, difference, group.size());
        with += more.size();
        without += less.size();
      }
    }
    if (with == 0) {
      throw new RefusedImages(
          List.of("--attribute: all images have the same, expected some with more than others"));
    }
    return new Split(scaled(sum, with + without), with, without);
  }

  private float[] mean(List<Example> examples) {
    MeanCode mean = new MeanCode(latent);
    examples.forEach(example -> mean.add(example.code()));
    return mean.code();
  }

  private static void add(double[] sum, float[] difference, int weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (double) weight * difference[i];
    }
  }

  private static float[] scaled(double[] sum, int weight) {
    float[] direction = new float[sum.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) (sum[i] / weight);
    }
    return direction;
  }
}
