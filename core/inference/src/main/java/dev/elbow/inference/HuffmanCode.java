package dev.elbow.inference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** The prefix code of RFC 1951 for symbols of known frequency. */
final class HuffmanCode {
  private final int[] lengths;
  private final int[] codes;

  private HuffmanCode(int[] lengths) {
    this.lengths = lengths;
    this.codes = codes(lengths);
  }

  /**
   * @param counts how often each symbol occurs, at least two of them at all
   * @param longest bits of a code
   */
  static HuffmanCode of(int[] counts, int longest) {
    int[] tamed = counts.clone();
    int[] lengths = depths(tamed);
    while (IntStream.of(lengths).max().orElse(0) > longest) {
      // What is rare counts for more, until no path through the tree is too long.
      for (int symbol = 0; symbol < tamed.length; symbol++) {
        tamed[symbol] = tamed[symbol] == 0 ? 0 : tamed[symbol] / 2 + 1;
      }
      lengths = depths(tamed);
    }
    return new HuffmanCode(lengths);
  }

  /**
   * A node of the tree; nodes of one weight are ordered, so that equal counts give equal codes.
   *
   * @param number the symbol, or from the count of symbols on that of an inner node
   */
  private record Node(long weight, int number) {}

  private static int[] depths(int[] counts) {
    PriorityQueue<Node> roots =
        new PriorityQueue<>(Comparator.comparingLong(Node::weight).thenComparingInt(Node::number));
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        roots.add(new Node(counts[symbol], symbol));
      }
    }
    int[] parents = new int[2 * counts.length];
    int next = counts.length;
    for (; roots.size() > 1; next++) {
      roots.add(joined(roots.remove(), roots.remove(), next, parents));
    }
    return depths(counts, parents, next - 1);
  }

  private static Node joined(Node one, Node other, int number, int[] parents) {
    parents[one.number()] = number;
    parents[other.number()] = number;
    return new Node(one.weight() + other.weight(), number);
  }

  // A parent's number is above those of its children.
  private static int[] depths(int[] counts, int[] parents, int root) {
    int[] depths = new int[2 * counts.length];
    for (int node = root - 1; node >= 0; node--) {
      boolean isInTree = node >= counts.length || counts[node] > 0;
      depths[node] = isInTree ? depths[parents[node]] + 1 : 0;
    }
    return Arrays.copyOf(depths, counts.length);
  }

  // Shorter codes come first, among equally long ones those of lower symbols (RFC 1951, 3.2.2).
  private static int[] codes(int[] lengths) {
    int[] codes = new int[lengths.length];
    int next = 0;
    for (int length = 1; length < Integer.SIZE; length++) {
      next <<= 1;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          // The highest bit of a code is written first, of everything else the lowest.
          codes[symbol] = Integer.reverse(next++) >>> (Integer.SIZE - length);
        }
      }
    }
    return codes;
  }

  /** Bits of a symbol's code; 0 if it never occurs. */
  int length(int symbol) {
    return lengths[symbol];
  }

  /** A symbol's code, its first bit the lowest. */
  int code(int symbol) {
    return codes[symbol];
  }

  void put(int symbol, BitWriter out) {
    out.put(codes[symbol], lengths[symbol]);
  }
}
