package dev.elbow.coordinator.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * The last words of the live stream, numbered from 0. What no longer fits is forgotten, the oldest
 * first: readers that are further behind have lost it.
 */
final class Backlog {
  private static final int FIRST_CAPACITY = 1024;

  private final int mostBytes;
  private Word[] words = new Word[FIRST_CAPACITY];
  private long first;
  private long next;
  private long bytes;

  /** A word of the stream about a sweep, as it is written. */
  record Word(String sweep, Buffer text) {}

  Backlog(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The number of the oldest word that is kept. */
  long first() {
    return first;
  }

  /** The number that the next word will have. */
  long next() {
    return next;
  }

  /** A word that is kept. */
  Word at(long number) {
    return words[index(number)];
  }

  void add(Word word) {
    if (next - first == words.length) {
      grow();
    }
    words[index(next++)] = word;
    bytes += word.text().length();
    while (bytes > mostBytes && next - first > 1) {
      bytes -= at(first).text().length();
      words[index(first++)] = null;
    }
  }

  private void grow() {
    Word[] larger = new Word[words.length * 2];
    for (long number = first; number < next; number++) {
      larger[(int) (number % larger.length)] = at(number);
    }
    Arrays.fill(words, null);
    words = larger;
  }

  private int index(long number) {
    return (int) (number % words.length);
  }
}
