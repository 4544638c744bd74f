package dev.elbow.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What stands out among rates and distortions. */
final class Frontier {
  private Frontier() {}

  /** The points that no other beats in both, by rising rate and falling distortion. */
  static List<Point> of(List<Point> points) {
    List<Point> front = new ArrayList<>();
    points.stream()
        .filter(Point::isFinite)
        .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
        .filter(point -> front.isEmpty() || point.y() < front.get(front.size() - 1).y())
        .forEach(front::add);
    return front;
  }

  /**
   * The elbow of a front: its point farthest below the chord between its ends, when both axes are
   * stretched to run from 0 to 1 (the knee of Kneedle; Satopää, Albrecht, Irwin and Raghavan 2011).
   *
   * @return empty below three points, or if none is below the chord
   */
  static Optional<Point> elbow(List<Point> front) {
    if (front.size() < 3) {
      return Optional.empty();
    }
    return front.stream()
        .filter(point -> depth(front, point) > 1e-9)
        .max(Comparator.comparingDouble(point -> depth(front, point)));
  }

  private static double depth(List<Point> front, Point point) {
    Point first = front.get(0);
    Point last = front.get(front.size() - 1);
    return 1
        - (point.x() - first.x()) / (last.x() - first.x())
        - (point.y() - last.y()) / (first.y() - last.y());
  }
}
