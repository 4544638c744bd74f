package dev.elbow.cli.models;

import dev.elbow.cli.Bar;
import dev.elbow.cli.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/**
 * Shows how far long work has come: a bar on a terminal, a line now and then elsewhere, nothing of
 * what is over in a second.
 */
final class WorkProgress implements AutoCloseable {
  private static final long FIRST_AFTER = 1_000_000_000L;
  private static final long BAR_EVERY = 100_000_000L;
  private static final long LINE_EVERY = 10_000_000_000L;
  private static final int BAR_WIDTH = 40;

  private final String what;
  private final long total;
  private final PrintStream people;
  private final boolean mayDraw;
  private long next = System.nanoTime() + FIRST_AFTER;
  private Optional<Console> console = Optional.empty();
  private boolean asked;

  /**
   * @param people where lines go
   * @param mayDraw whether stdout may be drawn on
   */
  WorkProgress(String what, long total, PrintStream people, boolean mayDraw) {
    this.what = what;
    this.total = total;
    this.people = people;
    this.mayDraw = mayDraw;
  }

  /** So many of all are done. */
  void done(long done) {
    if (System.nanoTime() - next < 0 || done >= total) {
      return;
    }
    if (!asked && mayDraw) {
      console = Console.open(System.getenv("NO_COLOR") == null);
    }
    asked = true;
    String text = "%s %,d of %,d images".formatted(what, done, total);
    console.ifPresentOrElse(
        terminal -> {
          String bar = Bar.of((double) done / total, BAR_WIDTH);
          terminal.lines().show(List.of(new AttributedString(bar + " " + text)));
        },
        () -> people.println(text));
    next = System.nanoTime() + (console.isPresent() ? BAR_EVERY : LINE_EVERY);
  }

  @Override
  public void close() {
    console.ifPresent(Console::close);
  }
}
