package dev.elbow.coordinator.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A trial was queued again, began or ended: data of the live event {@code trial}. Components as in
 * {@link TrialStatus}.
 */
public record TrialChange(
    String sweep,
    String trial,
    String state,
    int attempts,
    Optional<String> worker,
    Map<String, Double> figures,
    String failure,
    String message) {
  public TrialChange {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
