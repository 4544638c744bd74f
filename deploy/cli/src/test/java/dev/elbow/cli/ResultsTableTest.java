package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.Goal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTableTest {
  private static final Goal GOAL =
      new Goal(Goal.Direction.MINIMIZE, "validation_loss", Optional.empty());

  @Test
  void theBestByGoalComesFirstAndTheFailedOneLast() {
    List<String> lines =
        table(row(1, 1, "0.5", 110), failed(2), row(3, 2, "0.5", 105.5)).lines(100);
    assertEquals(
        List.of(
            "trial  state      beta  seed  validation_loss  test_loss  test_reconstruction  test_kl"
                + "  active_units  seconds",
            " 0003  completed   0.5     2           105.50     106.50",
            " 0001  completed   0.5     1           110.00     111.00",
            " 0002  failed        2     1"),
        List.of(lines.get(0), lines.get(2), lines.get(3), lines.get(4)));
  }

  @Test
  void severalSeedsAreSummedUpAsMeanAndSpread() {
    List<String> lines = table(row(1, 1, "0.5", 104), row(2, 2, "0.5", 106)).lines(100);
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith(" 0.5     2    105.00 ± 1.41"), last);
  }

  @Test
  void oneSeedNeedsNoSummary() {
    assertFalse(String.join("", table(row(1, 1, "0.5", 104)).lines(100)).contains("±"));
  }

  @Test
  void manyRowsAreCutAndTheRestIsCounted() {
    List<String> lines = table(row(1, 1, "1", 3), row(2, 1, "2", 2), row(3, 1, "3", 1)).lines(1);
    assertTrue(lines.get(2).startsWith(" 0003"), lines::toString);
    assertEquals("… and 2 more in results.csv", lines.get(3));
  }

  @Test
  void failuresSayWhatHappened() {
    assertEquals(
        List.of("trial 0002 failed: DIVERGED: the loss is NaN"), table(failed(2)).failures());
  }

  @Test
  void programsGetNumbersAsNumbersAndNothingAsNull() throws Exception {
    JsonNode row = new ObjectMapper().readTree(table(row(1, 1, "0.5", 104)).json().get(0));
    assertEquals(0.5, row.get("parameters").get("beta").asDouble());
    assertTrue(row.get("parameters").get("beta").isNumber());
    assertEquals(104, row.get("validation_loss").asDouble());
    assertTrue(row.get("test_kl").isNull());
  }

  private static ResultsTable table(Row... rows) {
    return new ResultsTable(new Results("tiny", List.of("beta"), GOAL, List.of(rows)));
  }

  private static Row row(int trial, long seed, String beta, double loss) {
    Map<String, Double> figures = Map.of("validation_loss", loss, "test_loss", loss + 1);
    return new Row(trial, "completed", 1, seed, Map.of("beta", beta), figures, "", "");
  }

  private static Row failed(int trial) {
    Map<String, String> parameters = Map.of("beta", "2");
    return new Row(trial, "failed", 1, 1, parameters, Map.of(), "DIVERGED", "the loss is NaN");
  }
}
