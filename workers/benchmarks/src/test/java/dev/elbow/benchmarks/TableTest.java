package dev.elbow.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void ratesAreHeldAgainstTheOtherAndTimesTheOtherWayRound() {
    Table table = new Table();
    table.add(Goal.atLeast("rate", 1.5, 3), series(40), series(20));
    table.addTimes(Goal.atLeast("time", 1.5, 3), series(20), series(80));
    table.add(Goal.atMost("size", "MB", 900, 600), series(1000));
    table.addMissing(Goal.atLeast("bf16", 2, 3), "not here");
    assertEquals(
        List.of(
            "rate 40.0 20.0 2.00 × 2.00 2.00 1.50 3.00 must",
            "time 20.0 80.0 4.00 × 4.00 4.00 1.50 3.00 aim",
            "size 1,000 MB 1,000 1,000 900 600 -",
            "bf16 not here 2.00 3.00 -"),
        rows(table));
  }

  private static Series series(double figure) {
    Series series = new Series();
    series.add(figure);
    return series;
  }

  private static List<String> rows(Table table) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    table.print(new PrintStream(text, true, java.nio.charset.StandardCharsets.UTF_8));
    return text.toString(java.nio.charset.StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }
}
