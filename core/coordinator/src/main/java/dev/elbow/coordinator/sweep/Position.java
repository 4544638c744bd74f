package dev.elbow.coordinator.sweep;

import org.snakeyaml.engine.v2.exceptions.Mark;

/** A place in a text, line and column from 1; both 0 where there is no text. */
record Position(int line, int column) implements Comparable<Position> {
  static final Position NONE = new Position(0, 0);

  static Position of(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Where the character number {@code index}, counted from 0 in code points, stands. */
  static Position of(String text, int index) {
    String before = text.substring(0, text.offsetByCodePoints(0, index));
    int line = (int) before.chars().filter(c -> c == '\n').count();
    int start = before.lastIndexOf('\n') + 1;
    return new Position(line + 1, before.codePointCount(start, before.length()) + 1);
  }

  @Override
  public int compareTo(Position other) {
    return line != other.line ? Integer.compare(line, other.line) : column - other.column;
  }

  /** For people: {@code 14:17}. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
