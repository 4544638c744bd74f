package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.coordinator.client.CurvePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvePointsTest {
  @TempDir Path folder;

  @Test
  void leavesOutWhatIsNoFiniteNumber() {
    Losses losses = new Losses(Double.NaN, 2);
    Evaluation evaluation =
        new Evaluation(
            3, 70, 5, losses, Optional.empty(), losses, List.of(), List.of(0.5, 0.001), 4, 90);
    CurvePoint point = CurvePoints.of(evaluation);
    assertEquals(3, point.epoch());
    assertEquals(70, point.step());
    assertEquals(
        Map.of(
            "train_objective", 5.0,
            "train_kl", 2.0,
            "test_kl", 2.0,
            "active_units", 1.0,
            "seconds", 4.0,
            "images_per_second", 90.0),
        point.figures());
  }

  @Test
  void readsTheTableOfATrialWhateverColumnsALaterReleaseAdds() throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, "epoch,test_loss,validation_loss,step,later\n1,Infinity,,5,7.5\n");
    assertEquals(List.of(new CurvePoint(1, 5, Map.of("later", 7.5))), CurvePoints.read(file));
  }

  @Test
  void namesATableThatHoldsSomethingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("metrics.csv"), "epoch\nmany\n");
    IOException e = assertThrows(IOException.class, () -> CurvePoints.read(file));
    assertEquals(file + ": For input string: \"many\"", e.getMessage());
  }
}
