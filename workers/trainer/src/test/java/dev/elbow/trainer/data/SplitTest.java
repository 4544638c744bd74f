package dev.elbow.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.plugin.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int[] DECLARED = IntStream.range(0, 1000).toArray();
  private static final int[] TEST = IntStream.range(1000, 1100).toArray();

  @Test
  void setsTheShareAsideAndKeepsEveryImageOnce() {
    Split split = Split.of("data", DECLARED, TEST, 0.1);
    assertEquals(100, split.validation().length);
    int[] together =
        IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
            .sorted()
            .toArray();
    assertArrayEquals(DECLARED, together);
    assertArrayEquals(TEST, split.test());
  }

  @Test
  void dependsOnTheDataAlone() {
    Split split = Split.of("data", DECLARED, TEST, 0.1);
    assertArrayEquals(split.validation(), Split.of("data", DECLARED, TEST, 0.1).validation());
    assertFalse(
        Arrays.equals(split.validation(), Split.of("other", DECLARED, TEST, 0.1).validation()));
  }

  @Test
  void aLargerShareHoldsTheSmallerOne() {
    int[] small = Split.of("data", DECLARED, TEST, 0.1).validation();
    int[] large = Split.of("data", DECLARED, TEST, 0.3).validation();
    assertEquals(300, large.length);
    assertEquals(100, Arrays.stream(small).filter(i -> Arrays.binarySearch(large, i) >= 0).count());
  }

  @Test
  void leavesSomethingOnEitherSide() {
    assertEquals(0, Split.of("data", DECLARED, TEST, 0).validation().length);
    assertEquals(1, Split.of("data", DECLARED, TEST, 1e-9).validation().length);
    assertEquals(1, Split.of("data", DECLARED, TEST, 0.9999999).train().length);
    assertEquals(1, Split.of("data", new int[] {5}, TEST, 0.5).train().length);
  }

  private static Split without(String... labels) {
    DatasetChoice choice =
        new DatasetChoice(
            new PluginChoice("any", new Options(Map.of())), 0.1, "data", List.of(labels));
    return Split.of(DECLARED, TEST, List.of("a", "b", "c", "d"), image -> image % 4, choice);
  }

  @Test
  void classesThatAreLeftOutAreInNoPartAndKnown() {
    Split split = without("b", "d");
    assertEquals(450, split.train().length);
    assertEquals(50, split.validation().length);
    assertTrue(IntStream.of(split.train()).allMatch(image -> image % 2 == 0));
    assertTrue(IntStream.of(split.validation()).allMatch(image -> image % 2 == 0));
    assertArrayEquals(IntStream.range(500, 550).map(i -> 2 * i).toArray(), split.test());
    assertEquals(500, split.heldOut()[0].length);
    assertArrayEquals(IntStream.range(500, 550).map(i -> 2 * i + 1).toArray(), split.heldOut()[1]);
  }

  @Test
  void nothingChangesWhereNoClassIsLeftOut() {
    Split split = without();
    assertArrayEquals(Split.of("data", DECLARED, TEST, 0.1).train(), split.train());
    assertEquals(0, split.heldOut()[0].length + split.heldOut()[1].length);
  }
}
