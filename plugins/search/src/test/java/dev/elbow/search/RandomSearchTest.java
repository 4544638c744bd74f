package dev.elbow.search;

import static dev.elbow.search.Spaces.log;
import static dev.elbow.search.Spaces.map;
import static dev.elbow.search.Spaces.real;
import static dev.elbow.search.Spaces.space;
import static dev.elbow.search.Spaces.steps;
import static dev.elbow.search.Spaces.values;
import static dev.elbow.search.Spaces.whole;
import static dev.elbow.search.Spaces.wholeLog;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Options;
import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.api.search.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomSearchTest {
  private static final int MANY = 6_000;
  private final RandomSearch random = new RandomSearch();

  private Options options(long trials, long seed) {
    return Options.check(random.options(), Map.of("trials", trials, "seed", seed)).orThrow();
  }

  private List<Object> draws(Domain domain) {
    return LongStream.range(0, MANY)
        .mapToObj(i -> random.configuration(space("p", domain), options(MANY, 1), i))
        .map(configuration -> configuration.get(0).getValue())
        .toList();
  }

  private Map<Object, Long> histogram(Domain domain) {
    return draws(domain).stream()
        .collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()));
  }

  /** Within five standard deviations of an even share. */
  private static void assertEven(Map<Object, Long> histogram, int values) {
    assertEquals(values, histogram.size(), histogram::toString);
    double expected = (double) MANY / values;
    double tolerance = 5 * Math.sqrt(expected);
    histogram.forEach((value, count) -> assertEquals(expected, count, tolerance, value::toString));
  }

  @Test
  void listsIntegersAndStepsAreDrawnEvenlyEndsIncluded() {
    assertEven(histogram(values("a", "b", "c")), 3);
    assertEven(histogram(whole(-2, 3)), 6);
    assertEven(histogram(steps(0.1, 0.5, 0.1)), 5);
    assertEquals(
        List.of(0.1, 0.2, 0.3, 0.4, 0.5), List.copyOf(histogram(steps(0.1, 0.5, 0.1)).keySet()));
  }

  @Test
  void aLinearScaleIsEven() {
    Map<Object, Long> tenths =
        draws(real(-1, 1)).stream()
            .collect(
                Collectors.groupingBy(
                    value -> (Object) Math.floor(5 * ((Double) value + 1)), Collectors.counting()));
    assertEven(tenths, 10);
  }

  @Test
  void aLogScaleGivesEveryDecadeTheSameShare() {
    Map<Object, Long> decades =
        draws(log(0.01, 100)).stream()
            .collect(
                Collectors.groupingBy(
                    value -> (Object) Math.floor(Math.log10((Double) value)),
                    Collectors.counting()));
    assertEven(decades, 4);
  }

  @Test
  void integersOnALogScaleReachTheirEndsAndPreferSmallOnes() {
    Map<Object, Long> histogram = histogram(wholeLog(1, 8));
    assertEquals(8, histogram.size(), histogram::toString);
    // The stretch that rounds to 1 is [0.5, 1.5): its share is log 3 / log 17.
    double expected = MANY * Math.log(3) / Math.log(17);
    assertEquals(expected, histogram.get(1L), 5 * Math.sqrt(expected));
    assertTrue(histogram.get(8L) > 0);
  }

  @Test
  void theWidestRangeStaysFinite() {
    draws(real(-Double.MAX_VALUE, Double.MAX_VALUE))
        .forEach(value -> assertTrue(Double.isFinite((Double) value)));
  }

  @Test
  void oneValueIsAlwaysDrawn() {
    assertEquals(Map.of(7L, (long) MANY), histogram(whole(7, 7)));
    assertEquals(Map.of(0.5, (long) MANY), histogram(log(0.5, 0.5)));
  }

  @Test
  void moreTrialsAndFurtherParametersLeaveTheValuesThereWere() {
    SearchSpace one = space("a", real(0, 1));
    SearchSpace two = space(map("b", real(0, 1), "a", real(0, 1)));
    for (long i = 0; i < 5; i++) {
      Object value = random.configuration(one, options(5, 3), i).get(0).getValue();
      assertEquals(value, random.configuration(one, options(500, 3), i).get(0).getValue());
      assertEquals(value, random.configuration(two, options(5, 3), i).get(1).getValue());
      assertNotEquals(value, random.configuration(two, options(5, 3), i).get(0).getValue());
    }
  }

  @Test
  void anotherSeedDrawsOtherValues() {
    SearchSpace space = space("a", real(0, 1));
    assertNotEquals(
        random.configuration(space, options(5, 3), 0),
        random.configuration(space, options(5, 4), 0));
  }

  @Test
  void everyAlternativeIsTaken() {
    SearchSpace union =
        new SearchSpace(
            List.of(Map.of("a", values(1L)), Map.of("b", values(2L)), Map.of("c", values(3L))));
    Map<Object, Long> taken =
        LongStream.range(0, MANY)
            .mapToObj(i -> random.configuration(union, options(MANY, 0), i).get(0).getKey())
            .collect(Collectors.groupingBy(name -> (Object) name, Collectors.counting()));
    assertEven(taken, 3);
  }

  @Test
  void itGivesAsManyAsAskedForAndNoMore() {
    SearchSpace space = space("a", real(0, 1));
    assertEquals(12, random.count(space, options(12, 0)));
    assertThrows(
        IndexOutOfBoundsException.class, () -> random.configuration(space, options(12, 0), 12));
  }

  @Test
  void aStepOnALogScaleIsRefusedWithTheReason() {
    Domain steps = new Range(1, 16, Scale.LOG, OptionalDouble.of(2), false);
    assertTrue(
        random.problems(space("p", steps), options(1, 0)).get("p").contains("log scale"),
        () -> String.valueOf(random.problems(space("p", steps), options(1, 0))));
    assertEquals(Map.of(), random.problems(space("p", log(0.1, 10)), options(1, 0)));
  }
}
