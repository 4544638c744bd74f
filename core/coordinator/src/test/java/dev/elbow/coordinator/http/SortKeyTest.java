package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortKeyTest {
  private static final List<Object> VALUES =
      new ArrayList<>(Arrays.asList("b", null, 10L, "a", 9.5, List.of(1L)));

  private static List<Object> sorted(boolean descending) {
    return VALUES.stream()
        .map(value -> new Object[] {value, SortKey.of(value)})
        .sorted((x, y) -> SortKey.order(descending).compare((SortKey) x[1], (SortKey) y[1]))
        .map(pair -> pair[0])
        .toList();
  }

  @Test
  void sortsNumbersBySizeBeforeTextAndWhatHasNoValueLast() {
    assertEquals(Arrays.asList(9.5, 10L, List.of(1L), "a", "b", null), sorted(false));
  }

  @Test
  void leavesWhatHasNoValueLastTheOtherWayRoundToo() {
    assertEquals(Arrays.asList(10L, 9.5, "b", "a", List.of(1L), null), sorted(true));
  }
}
