package dev.elbow.cli.report;

import java.util.List;

/** Something drawn in a panel. Colours are as in SVG. */
sealed interface Mark {
  /** Straight lines from point to point; what is not finite interrupts them. */
  record Line(List<Point> points, String colour, double width, boolean dashed) implements Mark {
    public Line {
      points = List.copyOf(points);
    }
  }

  /** A dot for each point. */
  record Dots(List<Point> points, String colour, double radius) implements Mark {
    public Dots {
      points = List.copyOf(points);
    }
  }

  /** A point that stands out, with words beside it. */
  record Ring(Point point, String words) implements Mark {}

  /** Small words at a point. */
  record Words(Point point, String words) implements Mark {}
}
