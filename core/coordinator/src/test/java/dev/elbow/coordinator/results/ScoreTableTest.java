package dev.elbow.coordinator.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTableTest {
  private static final List<String> LINES =
      List.of(
          "trial,state,attempts,seed,message\n",
          "0001,completed,1,7,\n",
          "0002,completed,2,7,\"a, b\"\n",
          "0003,failed,1,7,why\n");

  @TempDir private Path folder;

  private static Row row(int trial, int attempts) {
    Map<String, Double> figures = Map.of("test_loss", 1.5);
    return new Row(trial, "completed", attempts, 7, Map.of(), figures, "", "");
  }

  private static Map<String, Double> figures(double mig, double sap) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("mig", mig);
    figures.put("sap", sap);
    return figures;
  }

  private ScoreTable written(ScoreTable table) throws IOException {
    Files.writeString(ScoreTable.file(folder), table.csv());
    return ScoreTable.read(folder);
  }

  @Test
  void scoresFollowAllOtherColumns() throws IOException {
    ScoreTable table = new ScoreTable();
    table.put(2, 2, figures(0.25, Double.NaN));
    table.put(1, 1, figures(0.5, 0.125));
    assertEquals(
        List.of(
            "trial,state,attempts,seed,message,mig,sap\n",
            "0001,completed,1,7,,0.5,0.125\n",
            "0002,completed,2,7,\"a, b\",0.25,\n",
            "0003,failed,1,7,why,,\n"),
        written(table).joined(LINES));
  }

  @Test
  void withoutScoresATableStaysAsItIs() throws IOException {
    assertEquals(LINES, ScoreTable.read(folder).joined(LINES));
  }

  @Test
  void aTrialThatWasTrainedAgainHasLostItsScores() throws IOException {
    ScoreTable table = new ScoreTable();
    table.put(2, 1, figures(0.25, 0.5));
    ScoreTable read = written(table);
    assertEquals(Map.of("test_loss", 1.5), read.added(row(2, 2)).figures());
    assertEquals(0.25, read.added(row(2, 1)).figure("mig"));
    read.put(2, 2, Map.of("mig", 0.75));
    assertEquals(Double.NaN, read.added(row(2, 2)).figure("sap"));
  }

  @Test
  void furtherScoresAreAddedToThoseThatAreThere() throws IOException {
    ScoreTable table = new ScoreTable();
    table.put(1, 1, Map.of("mig", 0.25));
    ScoreTable read = written(table);
    read.put(1, 1, Map.of("sap", 0.5));
    assertEquals("trial,attempts,mig,sap\n0001,1,0.25,0.5\n", read.csv());
  }

  @Test
  void columnsAreThereBeforeTheFirstScore() {
    assertEquals(
        "trial,state,attempts,seed,message,mig\n",
        new ScoreTable(List.of("mig")).joined(LINES).iterator().next());
  }

  @Test
  void scoresThatWereComputedLaterStandInThePlaceOfFormerOnes() {
    ScoreTable table = new ScoreTable(List.of("mig"));
    table.put(1, 1, Map.of("mig", 0.25));
    table.put(2, 2, Map.of("mig", 0.5));
    ScoreTable later = new ScoreTable();
    later.put(1, 1, figures(0.75, 0.5));
    later.put(2, 1, figures(1, 1));
    table.remove(3);
    ScoreTable both = table.with(later);
    assertEquals(0.75, both.added(row(1, 1)).figure("mig"));
    assertEquals("trial,attempts,mig\n0001,1,0.25\n0002,2,0.5\n", table.csv());
    assertEquals(
        List.of("trial", "attempts", "mig", "sap"), List.of(both.csv().split("\n")[0].split(",")));
  }

  @Test
  void whatIsNoTableOfScoresIsRefusedWithItsFile() throws IOException {
    Files.writeString(ScoreTable.file(folder), "trial,attempts,mig\none,1,0.5\n");
    String message = assertThrows(IOException.class, () -> ScoreTable.read(folder)).getMessage();
    assertEquals(
        ScoreTable.file(folder) + ": is no table of scores: For input string: \"one\"", message);
  }
}
