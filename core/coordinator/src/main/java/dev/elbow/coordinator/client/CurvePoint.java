package dev.elbow.coordinator.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a trial after an evaluation.
 *
 * @param epoch passes over the training images so far, a begun one counted, from 1
 * @param step optimizer steps so far; 0 where it is not known
 * @param figures by column of {@code metrics.csv}; those that are no finite number are missing
 */
public record CurvePoint(int epoch, long step, Map<String, Double> figures) {
  public CurvePoint {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
