package dev.elbow.trainer.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void followsThePublishedAlgorithm() {
    // The reference implementation of xoshiro256++ 1.0, begun with the state 1, 2, 3, 4.
    RandomStream stream = new RandomStream(1, 2, 3, 4);
    long[] expected = {41943041L, 58720359L, 3588806011781223L, 3591011842654386L};
    assertArrayEquals(expected, IntStream.range(0, 4).mapToLong(i -> stream.nextLong()).toArray());
  }

  @Test
  void givesTheSameNumbersForEver() {
    // Reckoned apart, in Python, from SHA-256 and the papers.
    assertArrayEquals(
        new long[] {1823983515562643278L, -4232053443774338819L, 651995808730900223L},
        longs(StreamKey.ofTrial(1, "noise", 0).stream(), 3),
        "whoever changes these changes every trained model");
    RandomStream gaussians = StreamKey.ofTrial(1, "noise", 0).stream();
    assertArrayEquals(
        new float[] {
          0.2659219801425934f, -0.19571734964847565f, 0.019250232726335526f, -1.2825762033462524f
        },
        gaussians.gaussians(4));
    RandomStream numbered = StreamKey.ofData("ab", "noise").numbered().stream(7);
    assertArrayEquals(new long[] {-6195674662375112877L, 1185907476145368489L}, longs(numbered, 2));
  }

  @Test
  void differsByEveryPartOfItsKey() {
    long[] first = longs(StreamKey.ofTrial(1, "noise", 0).stream(), 4);
    assertNotEquals(first[0], StreamKey.ofTrial(2, "noise", 0).stream().nextLong());
    assertNotEquals(first[0], StreamKey.ofTrial(1, "shuffle", 0).stream().nextLong());
    assertNotEquals(first[0], StreamKey.ofTrial(1, "noise", 1).stream().nextLong());
  }

  @Test
  void drawsNormalNumbersWithTheRightMomentsAndTails() {
    int count = 4_000_000;
    RandomStream stream = StreamKey.ofTrial(3, "moments", "").stream();
    double[] powers = new double[5];
    int beyondTail = 0;
    int beyondOne = 0;
    for (int i = 0; i < count; i++) {
      double value = stream.nextGaussian();
      for (int power = 1; power < powers.length; power++) {
        powers[power] += Math.pow(value, power) / count;
      }
      beyondTail += Math.abs(value) > 3.442619855899 ? 1 : 0;
      beyondOne += Math.abs(value) > 1 ? 1 : 0;
    }
    assertEquals(0, powers[1], 0.0025);
    assertEquals(1, powers[2], 0.004);
    assertEquals(0, powers[3], 0.01);
    assertEquals(3, powers[4], 0.03);
    assertEquals(0.3173105, beyondOne / (double) count, 0.001);
    assertEquals(5.76e-4, beyondTail / (double) count, 6e-5);
  }

  @Test
  void drawsWholeNumbersEvenly() {
    RandomStream stream = StreamKey.ofTrial(4, "even", "").stream();
    int[] seen = new int[7];
    for (int i = 0; i < 700_000; i++) {
      seen[stream.nextInt(7)]++;
    }
    for (int count : seen) {
      assertEquals(100_000, count, 1_500);
    }
  }

  @Test
  void shufflesWithoutLosingAnything() {
    int[] values = IntStream.range(0, 1000).toArray();
    StreamKey.ofTrial(5, "shuffle", 0).stream().shuffle(values);
    assertNotEquals(0, Arrays.mismatch(values, IntStream.range(0, 1000).toArray()) + 1);
    Arrays.sort(values);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), values);
  }

  private static long[] longs(RandomStream stream, int count) {
    return IntStream.range(0, count).mapToLong(i -> stream.nextLong()).toArray();
  }
}
