package dev.elbow.coordinator;

/**
 * What files take up.
 *
 * @param trials how many trials they are of
 * @param files how many
 * @param sizeBytes of all of them
 */
public record Usage(int trials, int files, long sizeBytes) {
  static final Usage NONE = new Usage(0, 0, 0);

  Usage plus(Usage other) {
    return new Usage(trials + other.trials, files + other.files, sizeBytes + other.sizeBytes);
  }
}
