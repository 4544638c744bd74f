package dev.elbow.coordinator;

import java.util.List;

/**
 * What is removed where only the best trials of a sweep keep their models.
 *
 * @param kept the trials that keep all their files, by number, the best first
 * @param freed files of the others
 */
public record Pruning(List<Integer> kept, Usage freed) {
  public Pruning {
    kept = List.copyOf(kept);
  }

  /** The same while the files are still there. */
  Pruning undone() {
    return new Pruning(kept, Usage.NONE);
  }
}
