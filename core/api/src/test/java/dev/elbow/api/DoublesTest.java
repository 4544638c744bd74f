package dev.elbow.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoublesTest {
  @Test
  void areEqualToAnyListOfTheSameNumbers() {
    List<Double> numbers = List.of(0.5, Double.NaN, -0.0, Double.POSITIVE_INFINITY);
    List<Double> copy = Doubles.copyOf(numbers);
    assertEquals(numbers, copy);
    assertEquals(copy, numbers);
    assertEquals(numbers.hashCode(), copy.hashCode());
    assertEquals(List.of(), Doubles.copyOf(List.of()));
  }

  @Test
  void doNotChangeWithTheirSourceNorByThemselves() {
    List<Double> source = new ArrayList<>(List.of(1.0, 2.0));
    List<Double> copy = Doubles.copyOf(source);
    source.set(0, 3.0);
    assertEquals(List.of(1.0, 2.0), copy);
    assertThrows(UnsupportedOperationException.class, () -> copy.set(0, 3.0));
    assertThrows(UnsupportedOperationException.class, () -> copy.add(3.0));
    assertSame(copy, Doubles.copyOf(copy));
  }

  @Test
  void refuseWhatIsNoNumber() {
    assertThrows(NullPointerException.class, () -> Doubles.copyOf(Arrays.asList(1.0, null)));
  }
}
