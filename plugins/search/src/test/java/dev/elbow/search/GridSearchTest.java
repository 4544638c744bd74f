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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Options;
import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.api.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GridSearchTest {
  private static final Options NONE = new Options(Map.of());
  private final GridSearch grid = new GridSearch();

  private List<String> all(SearchSpace space) {
    return LongStream.range(0, grid.count(space, NONE))
        .mapToObj(index -> grid.configuration(space, NONE, index).toString())
        .toList();
  }

  private String problem(Domain domain) {
    return grid.problems(space("p", domain), NONE).get("p");
  }

  @Test
  void theFirstParameterIsTheSlowest() {
    assertEquals(
        List.of("[a=1, b=x]", "[a=1, b=y]", "[a=2, b=x]", "[a=2, b=y]"),
        all(space(map("a", values(1L, 2L), "b", values("x", "y")))));
  }

  @Test
  void alternativesComeOneAfterTheOtherAndNamesInTheirFirstOrder() {
    SearchSpace union =
        new SearchSpace(
            List.of(
                map("a", values(1L), "b", values(2L, 3L)),
                map("b", values(4L, 5L), "a", values(6L, 7L)),
                Map.of("c", values(8L))));
    assertEquals(
        List.of(
            "[a=1, b=2]",
            "[a=1, b=3]",
            "[a=6, b=4]",
            "[a=7, b=4]",
            "[a=6, b=5]",
            "[a=7, b=5]",
            "[c=8]"),
        all(union));
  }

  @Test
  void aSpaceWithoutParametersIsOneConfiguration() {
    assertEquals(List.of("[]"), all(space(Map.of())));
  }

  @Test
  void stepsAreCountedInDecimals() {
    assertEquals(
        List.of("[p=0.1]", "[p=0.2]", "[p=0.3]", "[p=0.4]"), all(space("p", steps(0.1, 0.4, 0.1))));
  }

  @Test
  void integersNeedNoStep() {
    assertEquals(List.of("[p=-1]", "[p=0]", "[p=1]"), all(space("p", whole(-1, 1))));
    Range even = new Range(2, 6, Scale.LINEAR, OptionalDouble.of(2), true);
    assertEquals(List.of("[p=2]", "[p=4]", "[p=6]"), all(space("p", even)));
  }

  @Test
  void aGridTooLargeToCountIsCountedAsTheLargestNumber() {
    Map<String, Domain> many = new LinkedHashMap<>();
    for (int i = 0; i < 8; i++) {
      many.put("p" + i, whole(1, 1_000_000_000));
    }
    assertEquals(Long.MAX_VALUE, grid.count(space(many), NONE));
    assertEquals(Long.MAX_VALUE, grid.count(new SearchSpace(List.of(many, many)), NONE));
    assertEquals(Long.MAX_VALUE, grid.count(space("p", steps(0, 1e300, 1e-300)), NONE));
    assertEquals(8, grid.configuration(space(many), NONE, 999).size());
  }

  @Test
  void anIndexBeyondTheEndIsRefused() {
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> grid.configuration(space("p", whole(1, 3)), NONE, 3));
  }

  @Test
  void aStretchOfNumbersNeedsAStep() {
    assertTrue(problem(real(0, 1)).contains("give 'step'"), () -> problem(real(0, 1)));
  }

  @Test
  void aLogScaleIsRefusedWithTheReason() {
    Domain logSteps = new Range(1, 16, Scale.LOG, OptionalDouble.of(2), false);
    assertTrue(problem(log(0.1, 10)).contains("log scale"), () -> problem(log(0.1, 10)));
    assertTrue(problem(wholeLog(1, 10)).contains("log scale"), () -> problem(wholeLog(1, 10)));
    assertTrue(problem(logSteps).contains("leave out 'step'"), () -> problem(logSteps));
  }

  @Test
  void stepsThatMissTheEndAreRefusedBecauseEndsAreIncluded() {
    assertEquals(
        "steps of 0.3 from 0 do not meet max 1, the last is 0.9; ends are included",
        problem(steps(0, 1, 0.3)));
  }

  @Test
  void integersInFractionsOfOneAreRefused() {
    Domain halves = new Range(1, 2, Scale.LINEAR, OptionalDouble.of(0.5), true);
    assertEquals("step 0.5 leads to values that are no integers", problem(halves));
    assertEquals("min and max must be integers, got 0.5 and 2.0", problem(whole(0.5, 2)));
    assertEquals(
        "min and max must be finite, got 0.0 and Infinity",
        problem(real(0, Double.POSITIVE_INFINITY)));
  }

  @Test
  void everyParameterWithAProblemIsNamed() {
    SearchSpace space = space(map("a", real(0, 1), "b", log(1, 2)));
    assertEquals(List.of("a", "b"), List.copyOf(grid.problems(space, NONE).keySet()));
  }
}
