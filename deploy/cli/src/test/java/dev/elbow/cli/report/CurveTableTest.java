package dev.elbow.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.results.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTableTest {
  private static Row row(int trial, String hidden) {
    return new Row(trial, "completed", 1, 7, Map.of("encoder.hidden", hidden), Map.of(), "", "");
  }

  @Test
  void hasARowForEachTrialEvaluationAndSplit() {
    CurvePoint first =
        new CurvePoint(1, 100, Map.of("train_objective", 9.5, "train_kl", 2.0, "test_kl", 2.5));
    CurvePoint second = new CurvePoint(2, 200, Map.of("test_kl", 2.25));
    List<TrialCurve> curves = List.of(new TrialCurve(row(3, "[400, 200]"), List.of(first, second)));
    CurveTable table = new CurveTable("s", List.of("encoder.hidden"), curves);
    List<Map<String, String>> rows = table.rows();
    assertEquals(
        List.of("1 train", "1 test", "2 test"),
        rows.stream().map(r -> r.get("epoch") + " " + r.get("split")).toList());
    assertEquals("9.5", rows.get(0).get("objective"));
    assertEquals("", rows.get(1).get("objective"));
    assertEquals("2.25", rows.get(2).get("kl"));
    assertEquals("0003", rows.get(2).get("trial"));
  }

  @Test
  void writesEveryColumnOfEveryRowAndQuotesListsOnly() {
    CurvePoint point = new CurvePoint(1, 0, Map.of("test_kl", 2.0));
    CurveTable table =
        new CurveTable(
            "s",
            List.of("encoder.hidden"),
            List.of(new TrialCurve(row(1, "[400, 200]"), List.of(point))));
    assertEquals(
        "sweep,trial,state,seed,encoder.hidden,epoch,step,split,kl\n"
            + "s,0001,completed,7,\"[400, 200]\",1,,test,2\n",
        table.csv());
  }

  @Test
  void keepsFiguresOfNoSplitInEveryRow() {
    CurvePoint point =
        new CurvePoint(1, 10, Map.of("train_kl", 1.0, "test_kl", 2.0, "seconds", 3.5));
    CurveTable table =
        new CurveTable("s", List.of(), List.of(new TrialCurve(row(1, ""), List.of(point))));
    assertEquals(List.of("3.5", "3.5"), table.rows().stream().map(r -> r.get("seconds")).toList());
  }
}
