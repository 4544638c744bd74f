package dev.elbow.coordinator;

import dev.elbow.messaging.MetricPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points of executions of whose start the log has not told yet: the two come through different
 * topics. For one thread.
 */
final class EarlyPoints {
  private static final int MOST_POINTS = 1000;

  private final Map<String, List<MetricPoint>> points = new LinkedHashMap<>();
  private int count;

  // Of an execution that came too late the log never tells: its points stay until others need room.
  void keep(MetricPoint point) {
    points.computeIfAbsent(point.execution(), fresh -> new ArrayList<>()).add(point);
    count++;
    while (count > MOST_POINTS) {
      take(points.keySet().iterator().next());
    }
  }

  /** The points of an execution, which are kept no longer. */
  List<MetricPoint> take(String execution) {
    List<MetricPoint> kept = points.remove(execution);
    count -= kept == null ? 0 : kept.size();
    return kept == null ? List.of() : kept;
  }
}
