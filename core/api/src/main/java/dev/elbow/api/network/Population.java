package dev.elbow.api.network;

import static java.util.Objects.requireNonNull;

/**
 * What a value is there for. Two values meet in one operation if they are there for the same, or if
 * one of them is the same for the whole batch.
 *
 * @param kind of what there is one value
 * @param samples how many there are of each example, for {@link Kind#SAMPLES}; 1 otherwise
 */
public record Population(Kind kind, int samples) {
  /** Of what there can be one value. */
  public enum Kind {
    /** The batch: the same for all. */
    BATCH,
    /** Each example. */
    EXAMPLES,
    /** Each sample of each example, those of one example side by side. */
    SAMPLES,
    /** Each ordered pair of examples of the batch, one with itself too, the second fastest. */
    PAIRS
  }

  /** The whole batch. */
  public static final Population BATCH = new Population(Kind.BATCH, 1);

  /** Each example. */
  public static final Population EXAMPLES = new Population(Kind.EXAMPLES, 1);

  /** Each pair of examples. */
  public static final Population PAIRS = new Population(Kind.PAIRS, 1);

  public Population {
    requireNonNull(kind, "kind is null");
    if (samples < 1 || samples > 1 && kind != Kind.SAMPLES) {
      throw new IllegalArgumentException(samples + " samples of " + kind);
    }
  }

  /** {@code count} samples of each example. */
  public static Population samples(int count) {
    return new Population(Kind.SAMPLES, count);
  }

  boolean isGroup() {
    return kind == Kind.SAMPLES || kind == Kind.PAIRS;
  }

  /** As people read it. */
  @Override
  public String toString() {
    return switch (kind) {
      case BATCH -> "the batch";
      case EXAMPLES -> "each example";
      case SAMPLES -> "each of " + samples + " samples";
      case PAIRS -> "each pair of examples";
    };
  }
}
