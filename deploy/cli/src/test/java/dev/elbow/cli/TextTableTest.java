package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void setsFiguresToTheRightAndTextToTheLeft() {
    List<String> header = List.of("trial", "state", "test_loss");
    TextTable table =
        new TextTable(
            header, List.of(List.of("0001", "completed", "9.5"), List.of("0012", "failed", "")));
    assertEquals(
        List.of(
            "trial  state      test_loss",
            "─────  ─────────  ─────────",
            " 0001  completed        9.5",
            " 0012  failed"),
        table.lines());
  }

  @Test
  void keepsTheHeaderWhereThereAreNoRows() {
    assertEquals(List.of("a", "─"), new TextTable(List.of("a"), List.of()).lines());
  }
}
