package dev.elbow.coordinator.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Evaluation;
import dev.elbow.api.FailureKind;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Goal GOAL =
      new Goal(Goal.Direction.MINIMIZE, "test_loss", Optional.of("validation_loss"));

  @TempDir Path folder;

  private static Row row(int trial, String beta, double loss) {
    Map<String, Double> figures =
        Double.isNaN(loss) ? Map.of() : Map.of("test_loss", loss, "seconds", 0.00000012);
    return new Row(trial, "completed", 1, trial, Map.of("beta", beta), figures, "", "");
  }

  private static Results results(Row... rows) {
    return new Results("s", List.of("beta"), GOAL, List.of(rows));
  }

  @Test
  void writesTheColumnsOfTheContract() {
    assertEquals(
        "trial,state,attempts,seed,beta,epochs,train_objective,train_loss,train_reconstruction,"
            + "train_kl,validation_loss,validation_reconstruction,validation_kl,test_loss,"
            + "test_reconstruction,test_kl,active_units,onnx_max_abs_error,seconds,"
            + "images_per_second,failure,message\n",
        results().csv());
  }

  @Test
  void writesFiguresPlainlyInEveryLocaleAndLeavesEmptyWhatIsNotKnown() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals(
          "0007,completed,1,7,0.5,,,,,,,,,105.5,,,,,0.00000012,,,",
          results(row(7, "0.5", 105.5)).csv().lines().toList().get(1));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void readsBackWhatItWroteWhateverTheMessageHolds() throws IOException {
    String message = "it said \"no\", twice,\nand left; 'so' it is";
    Row failed =
        new Row(2, "failed", 5, 8, Map.of("beta", "[512, 256]"), Map.of(), "WORKER_LOST", message);
    Results results = results(row(1, "0.5", 105.5), failed);
    Path sweep = Files.createDirectory(folder.resolve("s"));
    Files.writeString(sweep.resolve("results.csv"), results.csv());
    Files.writeString(sweep.resolve("sweep.yaml"), "name: s\ngoal: {minimize: validation_loss}\n");
    assertEquals(results, Results.read(sweep));
  }

  @Test
  void changesOneLineOfATableAndHasTheTextOfTheWhole() {
    ResultsText text = new ResultsText(List.of("beta"));
    assertEquals(results().csv(), String.join("", text.lines()));
    text.put(row(12, "2", 100));
    text.put(row(3, "1", Double.NaN));
    text.put(row(4, "3", 90));
    text.put(row(3, "1", 105.5));
    text.remove(4);
    text.remove(5);
    assertEquals(
        results(row(3, "1", 105.5), row(12, "2", 100)).csv(), String.join("", text.lines()));
  }

  @Test
  void refusesAFolderWithoutATable() throws IOException {
    assertThrows(NoSuchFileException.class, () -> Results.read(folder));
    Files.writeString(folder.resolve("results.csv"), "a,b\n1,2\n");
    assertThrows(IOException.class, () -> Results.read(folder));
  }

  @Test
  void sortsByGoalWithTheUnknownLast() {
    Results results =
        results(row(1, "a", Double.NaN), row(2, "b", 110), row(3, "c", 100), row(4, "d", 105));
    assertEquals(List.of(3, 4, 2, 1), results.bestFirst().rows().stream().map(Row::trial).toList());
    Goal most = new Goal(Goal.Direction.MAXIMIZE, "test_loss", Optional.empty());
    Results turned = new Results("s", List.of("beta"), most, results.rows());
    assertEquals(List.of(2, 4, 3, 1), turned.bestFirst().rows().stream().map(Row::trial).toList());
  }

  @Test
  void averagesOverTheSeedsOfAConfiguration() {
    List<Configuration> configurations =
        results(row(1, "a", 100), row(2, "a", 104), row(3, "b", 90), row(4, "b", Double.NaN))
            .configurations();
    assertEquals(
        new Configuration.Spread(2, 102, Math.sqrt(8)), configurations.get(0).spread("test_loss"));
    Configuration.Spread single = configurations.get(1).spread("test_loss");
    assertEquals(1, single.runs());
    assertEquals(90, single.mean());
    assertTrue(Double.isNaN(single.deviation()));
    assertTrue(Double.isNaN(configurations.get(0).spread("test_kl").mean()));
  }

  @Test
  void takesFromAnEndWhatItKnows() {
    Losses train = new Losses(90, 20);
    Losses test = new Losses(80, 25);
    Evaluation last =
        new Evaluation(
            3,
            30,
            95,
            train,
            Optional.empty(),
            test,
            List.of(1.0, 0.0),
            List.of(0.5, 0.001),
            2,
            500);
    Map<String, Double> completed = Rows.figures(new TrialOutcome.Completed(last, 1e-6, 12, 400));
    assertEquals(105, completed.get("test_loss"));
    assertEquals(1, completed.get("active_units"));
    assertEquals(3, completed.get("epochs"));
    assertEquals(400, completed.get("images_per_second"));
    assertTrue(!completed.containsKey("validation_loss"));
    Map<String, Double> failed =
        Rows.figures(new TrialOutcome.Failed(FailureKind.DIVERGED, "NaN", 7));
    assertEquals(Map.of("seconds", 7.0), failed);
    assertEquals("failed", TrialState.FAILED.word());
  }

  @Test
  void showsValuesOfOptionsAsTheFileWritesThem() {
    assertEquals("[512, 256]", PlainText.of(List.of(512L, 256L)));
    assertEquals("{name: sgd}", PlainText.of(Map.of("name", "sgd")));
    assertEquals("0.0001", PlainText.of((Object) 1e-4));
    assertEquals("100", PlainText.of((Object) 100.0));
    assertEquals("0", PlainText.of(-0.0));
  }
}
