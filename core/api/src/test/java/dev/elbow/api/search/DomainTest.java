package dev.elbow.api.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.api.search.Domain.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DomainTest {
  private static String refusal(double min, double max, Scale scale, OptionalDouble step) {
    return assertThrows(
            IllegalArgumentException.class, () -> new Range(min, max, scale, step, false))
        .getMessage();
  }

  @Test
  void aRangeThatHoldsNothingIsRefusedWithItsEnds() {
    assertEquals(
        "min <= max must hold, but got (min=3.0, max=1.0)",
        refusal(3, 1, Scale.LINEAR, OptionalDouble.empty()));
    assertEquals(
        "min <= max must hold, but got (min=NaN, max=1.0)",
        refusal(Double.NaN, 1, Scale.LINEAR, OptionalDouble.empty()));
  }

  @Test
  void aLogScaleBeginsAboveZeroAndAStepIsPositive() {
    assertEquals(
        "a log scale needs min above 0, got 0.0", refusal(0, 1, Scale.LOG, OptionalDouble.empty()));
    assertEquals(
        "step must be above 0, got -1.0", refusal(0, 1, Scale.LINEAR, OptionalDouble.of(-1)));
  }

  @Test
  void aListOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Values(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new SearchSpace(List.of()));
  }

  @Test
  void aSpaceKeepsTheOrderOfTheFile() {
    Map<String, Domain> first = new LinkedHashMap<>();
    Map<String, Domain> second = new LinkedHashMap<>();
    Domain domain = new Values(List.of(1L));
    List.of("z", "a").forEach(name -> first.put(name, domain));
    List.of("b", "a", "z").forEach(name -> second.put(name, domain));
    assertEquals(List.of("z", "a", "b"), new SearchSpace(List.of(first, second)).names());
  }
}
