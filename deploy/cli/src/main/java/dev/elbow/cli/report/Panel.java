package dev.elbow.cli.report;

import java.util.List;

/**
 * One system of axes with what is drawn in it, the first mark at the bottom.
 *
 * @param title above it; empty for none
 */
record Panel(String title, Axis x, Axis y, List<Mark> marks) {
  Panel {
    marks = List.copyOf(marks);
  }
}
