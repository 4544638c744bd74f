package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final AtomicInteger columns = new AtomicInteger(20);
  private final LiveLines live = lines(false);

  @Test
  void goesBackOverAsManyLinesAsItHasDrawn() {
    live.show(plain("one", "two"));
    written.reset();
    live.show(plain("three"));
    assertTrue(text().contains("\r\033[2Athree\033[K\n\033[J"), text());
  }

  @Test
  void cutsLinesAtTheEdgeOfTheTerminal() {
    live.show(plain("0123456789".repeat(3)));
    assertTrue(text().contains("0123456789012345678\033[K"), text());
  }

  @Test
  void countsTheRowsThatOldLinesWrapToInATerminalThatBecameNarrower() {
    live.show(plain("0123456789012345678", "short"));
    columns.set(10);
    written.reset();
    live.show(plain("x"));
    assertTrue(text().contains("\r\033[3A\033[Jx"), text());
  }

  @Test
  void printsAboveTheLinesAndDrawsThemAgain() {
    live.show(plain("bar"));
    written.reset();
    live.print("trial done\n");
    assertTrue(text().contains("\033[1A\033[Jtrial done\nbar\033[K\n"), text());
  }

  @Test
  void leavesNothingBehindWhenClosed() {
    live.show(plain("bar"));
    live.close();
    assertTrue(text().endsWith("\r\033[1A\033[J\033[?25h\033[?2026l"), text());
    written.reset();
    live.print("after\n");
    live.show(plain("never"));
    assertEquals("after\n", text());
  }

  @Test
  void usesColoursOnlyWhereTheyAreWanted() {
    List<AttributedString> red =
        List.of(new AttributedString("x", AttributedStyle.DEFAULT.foreground(1)));
    live.show(red);
    assertFalse(text().contains("\033[31m"), text());
    lines(true).show(red);
    assertTrue(text().contains("\033[31m"), text());
  }

  private LiveLines lines(boolean colours) {
    return new LiveLines(new PrintStream(written, true, UTF_8), columns::get, colours);
  }

  private String text() {
    return written.toString(UTF_8);
  }

  private static List<AttributedString> plain(String... lines) {
    return List.of(lines).stream().map(AttributedString::new).toList();
  }
}
