package dev.elbow.coordinator.sweep;

import dev.elbow.api.Trial;
import java.util.List;

/** A checked sweep: what its file says, and each of its trials on demand. Immutable, thread-safe. */
public final class Sweep {
  Sweep() {}

  public String name() {
    throw new UnsupportedOperationException("in the making");
  }

  /** The names of the parameters that vary, in file order: columns of tables. */
  public List<String> columns() {
    throw new UnsupportedOperationException("in the making");
  }

  /** The seeds, each of which every configuration is trained with. */
  public List<Long> seeds() {
    throw new UnsupportedOperationException("in the making");
  }

  /** What decides which trial is best. */
  public Goal goal() {
    throw new UnsupportedOperationException("in the making");
  }

  /** How many trials there are: configurations times seeds. */
  public int trialCount() {
    throw new UnsupportedOperationException("in the making");
  }

  /**
   * A trial, computed anew at each call.
   *
   * @param number from 1 to {@link #trialCount}
   */
  public Trial trial(int number) {
    throw new UnsupportedOperationException("in the making");
  }

  /** What it will take. */
  public Cost cost() {
    throw new UnsupportedOperationException("in the making");
  }

  /** Sentences for people about what is not as one might think; empty mostly. */
  public List<String> notices() {
    throw new UnsupportedOperationException("in the making");
  }

  /** The keys in which another sweep differs, as dotted paths; empty if it is the same sweep. */
  public List<String> differences(Sweep other) {
    throw new UnsupportedOperationException("in the making");
  }

  /** The sweep as JSON with every default written out; a {@link SweepReader} reads it back. */
  public String document() {
    throw new UnsupportedOperationException("in the making");
  }
}
