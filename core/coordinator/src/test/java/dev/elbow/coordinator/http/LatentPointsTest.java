package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.coordinator.client.LatentPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentPointsTest {
  @TempDir Path folder;

  private Path file(String... rows) throws IOException {
    StringBuilder table = new StringBuilder("epoch,dimension,kl,mu_variance,step,later\n");
    List.of(rows).forEach(row -> table.append(row).append('\n'));
    return Files.writeString(folder.resolve("latents.csv"), table);
  }

  @Test
  void makesAPointOfTheRowsOfEachEvaluation() throws IOException {
    Path file = file("1,0,0.5,0.25,10,x", "1,1,2,1,10,x", "1,0,0.75,0.5,20,x", "1,1,3,1.5,20,x");
    assertEquals(
        List.of(
            new LatentPoint(1, 10, List.of(0.5, 2.0), List.of(0.25, 1.0)),
            new LatentPoint(1, 20, List.of(0.75, 3.0), List.of(0.5, 1.5))),
        LatentPoints.read(file));
  }

  @Test
  void leavesOutEvaluationsWithFiguresThatAreNotFinite() throws IOException {
    Path file = file("1,0,0.5,0.25,10,x", "2,0,Infinity,1,20,x", "3,0,NaN,1,30,x");
    assertEquals(
        List.of(new LatentPoint(1, 10, List.of(0.5), List.of(0.25))), LatentPoints.read(file));
    assertEquals(List.of(), LatentPoints.read(file()));
  }

  @Test
  void namesATableThatHoldsSomethingElse() throws IOException {
    Path broken = file("1,0,many,1,10,x");
    String message = assertThrows(IOException.class, () -> LatentPoints.read(broken)).getMessage();
    assertEquals(broken + ": For input string: \"many\"", message);
    Path other = Files.writeString(folder.resolve("other.csv"), "epoch\n1\n");
    assertThrows(IOException.class, () -> LatentPoints.read(other));
  }
}
