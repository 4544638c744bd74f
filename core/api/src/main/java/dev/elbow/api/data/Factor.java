package dev.elbow.api.data;

import java.util.List;

/**
 * A true factor of variation of generated images.
 *
 * @param name for example {@code scale}
 * @param values what its indices stand for, in order; for a categorical factor the indices
 *     themselves
 */
public record Factor(String name, List<Double> values) {
  public Factor {
    values = List.copyOf(values);
  }
}
