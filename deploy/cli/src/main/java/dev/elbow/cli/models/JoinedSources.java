package dev.elbow.cli.models;

import java.util.List;
import java.util.Optional;

/** Several sources as one. */
record JoinedSources(List<ImageSource> sources) implements ImageSource {
  /** A source and the place of an image in it. */
  private record Place(ImageSource source, int index) {}

  private Place place(int index) {
    int left = index;
    for (ImageSource source : sources) {
      if (left < source.count()) {
        return new Place(source, left);
      }
      left -= source.count();
    }
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public int count() {
    return sources.stream().mapToInt(ImageSource::count).sum();
  }

  @Override
  public String name(int index) {
    Place place = place(index);
    return place.source().name(place.index());
  }

  @Override
  public Optional<String> label(int index) {
    Place place = place(index);
    return place.source().label(place.index());
  }

  @Override
  public float[] read(int index) throws BrokenImageException {
    Place place = place(index);
    return place.source().read(place.index());
  }
}
