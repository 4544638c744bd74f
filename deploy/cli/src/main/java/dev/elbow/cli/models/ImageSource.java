package dev.elbow.cli.models;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Images of one shape, of which each is read when it is needed. */
interface ImageSource {
  int count();

  /** What people know it by: a file, or a file and a number. */
  String name(int index);

  /** What it shows, where that is known. */
  Optional<String> label(int index);

  /** Values in [0, 1], {@code [channels, height, width]}. */
  float[] read(int index) throws BrokenImageException;

  /** Some of the images. */
  default ImageSource only(int[] indices) {
    ImageSource all = this;
    return new ImageSource() {
      @Override
      public int count() {
        return indices.length;
      }

      @Override
      public String name(int index) {
        return all.name(indices[index]);
      }

      @Override
      public Optional<String> label(int index) {
        return all.label(indices[index]);
      }

      @Override
      public float[] read(int index) throws BrokenImageException {
        return all.read(indices[index]);
      }
    };
  }

  /** The images of several sources, one after the other. */
  static ImageSource joined(List<ImageSource> sources) {
    return sources.size() == 1 ? sources.get(0) : new JoinedSources(List.copyOf(sources));
  }

  /** The indices of all images. */
  default IntStream indices() {
    return IntStream.range(0, count());
  }
}
