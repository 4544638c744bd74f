package dev.elbow.trainer.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that training changes.
 *
 * @param updates optimizer steps so far
 * @param parameters the values of each parameter in row-major order, by name, in the order of
 *     {@link dev.elbow.api.network.Graph#parameters}; not changed
 * @param moments what the optimizer remembers, by its name for it ({@code exp_avg}, {@code
 *     exp_avg_sq}, {@code momentum_buffer}: PyTorch's), then like {@code parameters}; empty before
 *     the first step
 */
public record ModelState(
    long updates, Map<String, float[]> parameters, Map<String, Map<String, float[]>> moments) {
  public ModelState {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    moments = Collections.unmodifiableMap(new LinkedHashMap<>(moments));
  }

  /** Untrained weights. */
  public static ModelState untrained(Map<String, float[]> parameters) {
    return new ModelState(0, parameters, Map.of());
  }
}
