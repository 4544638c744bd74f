package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.ResultsText;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.results.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFilesTest {
  private static final int TRIALS = 60;

  @TempDir private Path results;

  private static Row row(int trial) {
    return new Row(trial, "completed", 1, 1, Map.of(), Map.of("test_loss", 1.5), "", "");
  }

  /** As a coordinator does while trials end. */
  private Void end(int trials) throws IOException {
    SweepFolders folders = new SweepFolders(results);
    ResultsText text = new ResultsText(List.of());
    ScoreTable scores = new ScoreTable(List.of("mig"));
    for (int trial = 1; trial <= trials; trial++) {
      text.put(row(trial));
      scores.put(trial, 1, Map.of("mig", trial / 100.0));
      folders.write("s", text.lines(), scores, "name: s\n");
    }
    return null;
  }

  /** As somebody does who evaluates one trial after the other. */
  private Void evaluate(String column) throws IOException {
    for (int trial = 1; trial <= TRIALS; trial++) {
      ScoreTable scores = new ScoreTable();
      scores.put(trial, 1, Map.of(column, 0.5));
      ScoreFiles.add(results.resolve("s"), scores);
    }
    return null;
  }

  @Test
  void nothingIsLostWhileTrialsEndAndOthersAreEvaluated() throws Exception {
    end(1);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Void>> all =
          List.of(
              threads.submit(() -> end(TRIALS)),
              threads.submit(() -> evaluate("sap")),
              threads.submit(() -> evaluate("dci")));
      for (Future<Void> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    List<Row> rows = Results.read(results.resolve("s")).rows();
    assertEquals(TRIALS, rows.size());
    for (Row row : rows) {
      assertEquals(row.trial() / 100.0, row.figure("mig"));
      assertEquals(0.5, row.figure("sap"), () -> "trial " + row.trial());
      assertEquals(0.5, row.figure("dci"), () -> "trial " + row.trial());
    }
  }

  @Test
  void aScoreOfTheEndThatIsComputedAgainStandsInItsColumn() throws Exception {
    end(2);
    ScoreTable again = new ScoreTable();
    again.put(2, 1, Map.of("mig", 0.75));
    ScoreFiles.add(results.resolve("s"), again);
    List<String> lines = Files.readAllLines(results.resolve("s/results.csv"));
    assertEquals(1, lines.get(0).split("mig", -1).length - 1, lines.get(0));
    List<Row> rows = Results.read(results.resolve("s")).rows();
    assertEquals(0.01, rows.get(0).figure("mig"));
    assertEquals(0.75, rows.get(1).figure("mig"));
  }
}
