package dev.elbow.coordinator.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a sweep will take, roughly: element-wise work, evaluation and export count as nothing.
 *
 * @param structures the different models; at most {@link #MOST_STRUCTURES}
 * @param multiplyAdds of training all trials, forward and backward: three times the forward ones
 * @param complete whether every model of the sweep was looked at
 */
public record Cost(List<Structure> structures, double multiplyAdds, boolean complete) {
  /** How many different models are looked at; what lies beyond is estimated from these. */
  public static final int MOST_STRUCTURES = 10_000;

  /** What a slot was seen to do on a processor core of 2024: 50 GFLOP/s, two to a multiply-add. */
  private static final double MULTIPLY_ADDS_PER_SECOND = 25e9;

  public Cost {
    structures = List.copyOf(structures);
  }

  /**
   * One model of the sweep.
   *
   * @param parameters the varied parameters that make it, by name
   * @param weights how many figures training changes
   * @param multiplyAdds of one image, forward
   * @param trials how many trials have it
   */
  public record Structure(
      Map<String, Object> parameters, long weights, long multiplyAdds, long trials) {}

  /** How long {@code slots} slots take, very roughly. */
  public Duration estimate(int slots) {
    return Duration.ofMillis((long) (1000 * multiplyAdds / MULTIPLY_ADDS_PER_SECOND / slots));
  }
}
