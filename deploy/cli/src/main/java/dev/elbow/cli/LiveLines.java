package dev.elbow.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jline.utils.AttributedString;

/**
 * The last lines of a terminal, redrawn in place; whatever is printed meanwhile scrolls by above
 * them. Thread-safe.
 *
 * <p>Each change is one write in which every line is overwritten and then cleared to its end, so
 * that nothing flickers.
 */
public final class LiveLines implements AutoCloseable {
  private static final String UP = "\033[%dA";
  private static final String CLEAR_TO_END_OF_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  // Terminals that know it show nothing until the whole update is there; the others ignore it.
  private static final String BEGIN_UPDATE = "\033[?2026h";
  private static final String END_UPDATE = "\033[?2026l";

  private final PrintStream out;
  private final IntSupplier columns;
  private final boolean colours;
  private List<AttributedString> shown = List.of();
  private int shownAt;
  private boolean closed;

  /**
   * @param out the terminal
   * @param columns its width now, which may change at any time
   * @param colours whether lines may be styled
   */
  LiveLines(PrintStream out, IntSupplier columns, boolean colours) {
    this.out = out;
    this.columns = columns;
    this.colours = colours;
  }

  /** Shows {@code lines} instead of those that are there; each is cut at the terminal's edge. */
  public synchronized void show(List<AttributedString> lines) {
    if (!closed) {
      draw("", lines);
    }
  }

  /** Prints {@code text}, which ends in a line feed, above the live lines. */
  synchronized void print(String text) {
    if (closed) {
      out.print(text);
      out.flush();
    } else {
      draw(text, shown);
    }
  }

  private void draw(String above, List<AttributedString> lines) {
    int width = Math.max(10, columns.getAsInt());
    StringBuilder frame = new StringBuilder(BEGIN_UPDATE).append(HIDE_CURSOR).append(home(width));
    if (!above.isEmpty() || width != shownAt) {
      frame.append(CLEAR_BELOW).append(above); // wrapped lines must not be joined again later
    }
    shownAt = width;
    // One column stays free: a full line would leave the cursor at the edge, where terminals
    // differ.
    shown = lines.stream().map(line -> line.columnSubSequence(0, width - 1)).toList();
    shown.forEach(line -> frame.append(text(line)).append(CLEAR_TO_END_OF_LINE).append('\n'));
    write(frame.append(CLEAR_BELOW).append(SHOW_CURSOR).append(END_UPDATE));
  }

  /** Back to the first live line. A terminal that became narrower has wrapped the lines. */
  private String home(int width) {
    int rows =
        shown.stream().mapToInt(line -> 1 + Math.max(0, line.columnLength() - 1) / width).sum();
    return "\r" + (rows == 0 ? "" : UP.formatted(rows));
  }

  private String text(AttributedString line) {
    return colours ? line.toAnsi() : line.toString();
  }

  private void write(StringBuilder frame) {
    out.print(frame);
    out.flush();
  }

  /** Removes the live lines. Text can still be printed. */
  @Override
  public synchronized void close() {
    show(new ArrayList<>());
    closed = true;
  }
}
