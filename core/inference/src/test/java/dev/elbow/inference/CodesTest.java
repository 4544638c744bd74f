package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final float[] EAST = {2, 0, 0};
  private static final float[] NORTH = {0, 2, 0};

  @Test
  void aLineGoesEvenlyFromOneCodeToTheOther() {
    assertArrayEquals(
        new float[] {2, 0, 0, 1.5f, 0.5f, 0, 1, 1, 0, 0.5f, 1.5f, 0, 0, 2, 0},
        Codes.line(EAST, NORTH, 5));
  }

  @Test
  void anArcKeepsTheDistanceFromTheOriginAndTurnsEvenly() {
    float[] arc = Codes.arc(EAST, NORTH, 4);
    for (int i = 0; i < 4; i++) {
      float[] code = Arrays.copyOfRange(arc, 3 * i, 3 * i + 3);
      assertEquals(2, Codes.norm(code), 1e-6);
      assertEquals(Math.toRadians(30 * i), Math.atan2(code[1], code[0]), 1e-6);
    }
  }

  @Test
  void anArcBetweenCodesOfOneDirectionOrNoneIsALine() {
    float[] twice = {4, 0, 0};
    assertArrayEquals(Codes.line(EAST, twice, 3), Codes.arc(EAST, twice, 3));
    float[] opposite = {-2, 0, 0};
    assertArrayEquals(Codes.line(EAST, opposite, 3), Codes.arc(EAST, opposite, 3));
    assertArrayEquals(Codes.line(new float[3], EAST, 3), Codes.arc(new float[3], EAST, 3));
  }

  @Test
  void oneStepAndCodesOfDifferentLengthsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Codes.line(EAST, NORTH, 1));
    assertThrows(IllegalArgumentException.class, () -> Codes.arc(EAST, new float[2], 3));
  }

  @Test
  void aTraversalChangesOneValueAlone() {
    assertArrayEquals(
        new float[] {5, -3, 7, 5, 0, 7, 5, 3, 7},
        Codes.traversal(new float[] {5, 1, 7}, 1, -3, 3, 3));
  }

  @Test
  void aCodeMovesAsFarAsTheStrengthSays() {
    assertArrayEquals(
        new float[] {2, -2, 0, 2, 0, 0, 2, 3, 0},
        Codes.moved(EAST, NORTH, new double[] {-1, 0, 1.5}));
    assertArrayEquals(new float[] {2, -2, 0}, Codes.difference(EAST, NORTH));
  }

  @Test
  void noiseIsThatOfItsSeedAndAsWideAsTheTemperature() {
    float[] noise = Codes.normal(7, 100_000, 2);
    assertArrayEquals(noise, Codes.normal(7, 100_000, 2));
    double squares = 0;
    for (float value : noise) {
      squares += value * value;
    }
    assertEquals(4, squares / noise.length, 0.05);
    assertArrayEquals(new float[3], Codes.normal(7, 3, 0), 1e-12f);
    assertThrows(IllegalArgumentException.class, () -> Codes.normal(7, 3, Double.NaN));
  }
}
