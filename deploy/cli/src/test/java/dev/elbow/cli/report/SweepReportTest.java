package dev.elbow.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class SweepReportTest {
  private static final Goal GOAL = new Goal(Goal.Direction.MINIMIZE, "test_loss", Optional.empty());

  @TempDir Path folder;
  private Path sweep;

  @BeforeEach
  void write() throws Exception {
    sweep = Files.createDirectories(folder.resolve("sweeps/tiny"));
    List<Row> rows = new ArrayList<>();
    double[][] losses = {{30, 12}, {31, 11}, {40, 6}, {41, 6.5}, {60, 2}, {59, 2.2}};
    for (int i = 0; i < losses.length; i++) {
      rows.add(row(i + 1, List.of("1", "4", "16").get(i / 2), losses[i][0], losses[i][1]));
      trial(i + 1, "grey");
    }
    Results results = new Results("tiny", List.of("beta"), GOAL, rows);
    Files.writeString(sweep.resolve("results.csv"), results.csv());
    Files.writeString(
        sweep.resolve("sweep.yaml"), "name: tiny # <b>\ngoal: {minimize: test_loss}\n");
  }

  private static Row row(int trial, String beta, double distortion, double rate) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("test_loss", distortion + rate);
    figures.put("test_reconstruction", distortion);
    figures.put("test_kl", rate);
    figures.put("mig", 0.1 + trial / 100.0);
    return new Row(trial, "completed", 1, 2 - trial % 2, Map.of("beta", beta), figures, "", "");
  }

  private void trial(int number, String targets) throws Exception {
    Path trial = Files.createDirectories(sweep.resolve("trials/%04d".formatted(number)));
    Files.writeString(
        trial.resolve("trial.json"),
        """
        {"objective": {"likelihood": "bernoulli"}, "data": {"sha256": "abc", "targets": "%s"},
         "versions": {"elbow": "1.2"}, "plugins": {"encoder/dense": {"version": "3"}}, "processor": "p"}
        """
            .formatted(targets));
    Files.writeString(
        trial.resolve("metrics.csv"),
        "epoch,test_loss,test_reconstruction,test_kl\n1,90,80,10\n2,50,40,10\n");
  }

  private String page() throws Exception {
    SweepReport report = SweepReport.read(sweep, Results.read(sweep));
    return Files.readString(report.write(folder.resolve("out")));
  }

  @Test
  void holdsAllItShowsAndNeedsNoScript() throws Exception {
    String page = page();
    assertFalse(page.contains("<script"), "a script");
    assertFalse(page.matches("(?s).*(src|href)=\"(?!data:).*"), "something from elsewhere");
    assertTrue(page.contains("Traversals of the best trial, 0001"), page);
    assertTrue(page.contains("name: tiny # &lt;b&gt;"), "the sweep's text is escaped");
    assertTrue(page.contains("<dt>encoder/dense</dt><dd>3</dd>"), page);
    assertTrue(page.contains("results.csv SHA-256"), page);
  }

  @Test
  void writesEveryPictureAsSvgWithItsFiguresBeside() throws Exception {
    page();
    for (String name : List.of("curves", "rate-distortion", "test_loss", "mig")) {
      Document svg =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(folder.resolve("out/" + name + ".svg").toFile());
      assertEquals("svg", svg.getDocumentElement().getTagName());
    }
    List<String> front = Files.readAllLines(folder.resolve("out/rate-distortion.csv"));
    assertEquals("trial,seed,beta,rate,distortion,loss,front,elbow,curve_beta", front.get(0));
    assertEquals("0001,1,1,12,30,42,true,false,", front.get(1));
    assertTrue(front.contains("0004,2,4,6.5,41,47.5,false,false,"), front::toString);
    assertTrue(front.contains("0003,1,4,6,40,46,true,true,"), front::toString);
    assertEquals(7, Files.readAllLines(folder.resolve("out/mig.csv")).size());
  }

  @Test
  void theCurveOfOneModelStandsBesideThePointsOfOthers() throws Exception {
    Files.writeString(
        sweep.resolve("trials/0002/rate_distortion.csv"),
        "beta,test_loss,test_reconstruction,test_kl\n0.5,42.5,28,14.5\n4,45,38,7\n");
    assertTrue(page().contains("A thick line is one model"), "the caption");
    List<String> rows = Files.readAllLines(folder.resolve("out/rate-distortion.csv"));
    assertTrue(rows.contains("0002,2,1,7,38,45,false,false,4"), rows::toString);
  }

  @Test
  void equalFilesGiveAnEqualPage() throws Exception {
    assertEquals(page(), page());
  }

  @Test
  void lossesOfDifferentTargetsShareNoPicture() throws Exception {
    trial(1, "dynamic");
    page();
    assertTrue(Files.exists(folder.resolve("out/rate-distortion-2.svg")));
  }

  @Test
  void saysWhyThereAreNoTraversalsWhereModelsAreGone() throws Exception {
    String page = page();
    assertTrue(page.contains("There are none: "), page);
    assertTrue(page.contains("encoder.onnx"), page);
  }
}
