package dev.elbow.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images that were read.
 *
 * @param names one for each
 * @param labels likewise
 * @param values {@code [count, channels, height, width]}
 */
record ImageBatch(List<String> names, List<Optional<String>> labels, float[] values) {
  ImageBatch {
    names = List.copyOf(names);
    labels = List.copyOf(labels);
  }

  int count() {
    return names.size();
  }

  /** One batch of several, at least one. */
  static ImageBatch joined(List<ImageBatch> batches) {
    List<String> names = new ArrayList<>();
    List<Optional<String>> labels = new ArrayList<>();
    int size = batches.stream().mapToInt(batch -> batch.values.length).sum();
    float[] values = new float[size];
    int to = 0;
    for (ImageBatch batch : batches) {
      names.addAll(batch.names);
      labels.addAll(batch.labels);
      System.arraycopy(batch.values, 0, values, to, batch.values.length);
      to += batch.values.length;
    }
    return new ImageBatch(names, labels, values);
  }
}
