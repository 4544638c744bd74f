package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.cli.verify.Measured;
import dev.elbow.coordinator.client.RateCurve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiRateTest {
  @TempDir Path folder;

  @Test
  void aTrialOfOneWeightStandsBesideTheCurveAtThatWeight() throws Exception {
    Path trial = Files.createDirectories(folder.resolve("trials/0001"));
    Files.writeString(
        trial.resolve("rate_distortion.csv"),
        "beta,test_reconstruction,test_kl\n1,80,20\n100,110,2\n");
    Measured many = new Measured(1, 1, Map.of(), Map.of("seconds", 90.0));
    Map<String, Double> figures =
        Map.of("test_reconstruction", 94.0, "test_kl", 12.0, "seconds", 45.0);
    Measured one = new Measured(2, 1, Map.of("beta", "10"), figures);
    List<Measured> beside = MultiRate.beside(folder, List.of(many, one));
    assertEquals(2, beside.get(0).figure("cost_in_trials"));
    assertEquals(95 + 11, beside.get(1).figure("curve_loss"), 1e-9);
    assertEquals(95 + 10 * 11, beside.get(1).figure("curve_objective"), 1e-9);
    assertEquals(94 + 10 * 12, beside.get(1).figure("objective"), 1e-9);
  }

  @Test
  void nothingIsKnownBeyondItsEnds() {
    List<RateCurve.Point> curve =
        List.of(
            new RateCurve.Point(1, Map.of("test_loss", 100.0)),
            new RateCurve.Point(4, Map.of("test_loss", 110.0)));
    assertEquals(Double.NaN, MultiRate.at(5, curve, "test_loss"));
    assertEquals(110, MultiRate.at(4, curve, "test_loss"), 1e-9);
    assertEquals(Double.NaN, MultiRate.at(2, curve, "test_kl"));
  }
}
