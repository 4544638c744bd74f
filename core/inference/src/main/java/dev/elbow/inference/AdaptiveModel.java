package dev.elbow.inference;

/**
 * How often each of some symbols has occurred, as sums over those before it. Coder and decoder keep
 * one each and change it alike, so no table of frequencies is stored. A Fenwick tree, since there
 * may be thousands of symbols.
 */
final class AdaptiveModel {
  private static final int INCREMENT = 32;
  private static final int LARGEST_TOTAL = 1 << 16;

  /** Each symbol counts once at first, and old occurrences are halved: more have no share left. */
  static final int MOST_SYMBOLS = 1 << 14;

  private final int symbols;
  private final int[] tree;
  private int total;

  AdaptiveModel(int symbols) {
    this.symbols = symbols;
    this.tree = new int[symbols + 1];
    for (int i = 0; i < symbols; i++) {
      add(i, 1);
    }
  }

  int total() {
    return total;
  }

  /** How often the symbols before this one occurred. */
  int before(int symbol) {
    int sum = 0;
    for (int i = symbol; i > 0; i -= i & -i) {
      sum += tree[i];
    }
    return sum;
  }

  /** The symbol within whose occurrences {@code count} lies, from 0 up to the total. */
  int at(int count) {
    int place = 0;
    int left = count;
    for (int step = Integer.highestOneBit(symbols); step > 0; step /= 2) {
      if (place + step <= symbols && tree[place + step] <= left) {
        place += step;
        left -= tree[place];
      }
    }
    return place;
  }

  /** Notes that a symbol occurred. */
  void occurred(int symbol) {
    add(symbol, INCREMENT);
    if (total > LARGEST_TOTAL) {
      halve();
    }
  }

  private void halve() {
    for (int i = 0; i < symbols; i++) {
      int frequency = before(i + 1) - before(i);
      add(i, -frequency / 2);
    }
  }

  private void add(int symbol, int count) {
    total += count;
    for (int i = symbol + 1; i <= symbols; i += i & -i) {
      tree[i] += count;
    }
  }
}
