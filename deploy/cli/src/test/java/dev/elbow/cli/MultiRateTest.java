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
    Files.writeString(trial.resolve("rate_distortion.csv"), "beta,test_loss\n0.1,90\n10,120\n");
    Measured whole = new Measured(1, 1, Map.of(), Map.of());
    Measured one = new Measured(2, 1, Map.of("beta", "1"), Map.of("test_loss", 104.0));
    List<Measured> beside = MultiRate.beside(folder, List.of(whole, one));
    assertEquals(whole, beside.get(0));
    assertEquals(105, beside.get(1).figures().get("curve_loss"), 1e-9);
  }

  @Test
  void nothingIsKnownBeyondItsEnds() {
    List<RateCurve.Point> curve =
        List.of(
            new RateCurve.Point(1, Map.of("test_loss", 100.0)),
            new RateCurve.Point(4, Map.of("test_loss", 110.0)));
    assertEquals(Double.NaN, MultiRate.at(5, curve));
    assertEquals(110, MultiRate.at(4, curve), 1e-9);
  }
}
