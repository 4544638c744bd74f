package dev.elbow.cli.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Goes through images, some at a time. Broken ones are left out where that is wanted. Otherwise the
 * rest is looked at as well, so that all of them are told, and nothing more is done with any.
 */
final class ImageReading {
  private static final int BATCH = 256;

  private final ImageSource source;
  private final ImageShape shape;
  private final boolean skipsBroken;
  private final List<String> broken = new ArrayList<>();

  ImageReading(ImageSource source, ImageShape shape, boolean skipsBroken) {
    this.source = source;
    this.shape = shape;
    this.skipsBroken = skipsBroken;
  }

  /** What is done with images. */
  interface Step {
    void take(ImageBatch batch) throws IOException, RefusedImages;
  }

  /**
   * Does {@code step} with all images, in their order.
   *
   * @throws RefusedImages if some are broken and none may be left out, or if all are
   */
  void forEach(WorkProgress progress, Step step) throws RefusedImages, IOException {
    for (int first = 0; first < source.count(); first += BATCH) {
      int end = Math.min(source.count(), first + BATCH);
      ImageBatch batch = read(first, end);
      if (batch.count() > 0 && (skipsBroken || broken.isEmpty())) {
        step.take(batch);
      }
      progress.done(end);
    }
    if (!broken.isEmpty() && (!skipsBroken || broken.size() == source.count())) {
      throw new RefusedImages(broken);
    }
  }

  private ImageBatch read(int first, int end) {
    List<String> names = new ArrayList<>();
    List<Optional<String>> labels = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    float[] values = new float[(end - first) * shape.size()];
    for (int i = first; i < end; i++) {
      try {
        float[] image = source.read(i);
        System.arraycopy(image, 0, values, names.size() * shape.size(), image.length);
        names.add(source.name(i));
        labels.add(source.label(i));
        places.add(i);
      } catch (BrokenImageException e) {
        broken.add(source.name(i) + ": " + e.getMessage());
      }
    }
    float[] read = Arrays.copyOf(values, names.size() * shape.size());
    return new ImageBatch(names, labels, places, read);
  }

  /** All images at once. */
  ImageBatch all(WorkProgress progress) throws RefusedImages, IOException {
    List<ImageBatch> batches = new ArrayList<>();
    forEach(progress, batches::add);
    return ImageBatch.joined(batches);
  }

  int count() {
    return source.count();
  }

  /** Those that were left out, and why. */
  List<String> broken() {
    return List.copyOf(broken);
  }
}
