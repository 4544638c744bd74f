package dev.elbow.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images that were read.
 *
 * @param names one for each
 * @param labels likewise
 * @param places of them among all that were asked for, from 0
 * @param values {@code [count, channels, height, width]}
 */
record ImageBatch(
    List<String> names, List<Optional<String>> labels, List<Integer> places, float[] values) {
  ImageBatch {
    places = List.copyOf(places);
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
    List<Integer> places = new ArrayList<>();
    int size = batches.stream().mapToInt(batch -> batch.values.length).sum();
    float[] values = new float[size];
    int to = 0;
    for (ImageBatch batch : batches) {
      names.addAll(batch.names);
      labels.addAll(batch.labels);
      places.addAll(batch.places);
      System.arraycopy(batch.values, 0, values, to, batch.values.length);
      to += batch.values.length;
    }
    return new ImageBatch(names, labels, places, values);
  }
}
