package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static Backlog.Word word(String text) {
    return new Backlog.Word("s", Buffer.buffer(text));
  }

  @Test
  void numbersWordsAndKeepsThemWhileItGrows() {
    Backlog backlog = new Backlog(1 << 20);
    for (int number = 0; number < 5000; number++) {
      backlog.add(word("word " + number));
    }
    assertEquals(0, backlog.first());
    assertEquals(5000, backlog.next());
    for (int number = 0; number < 5000; number++) {
      assertEquals("word " + number, backlog.at(number).text().toString());
    }
  }

  @Test
  void forgetsTheOldestWordsBeyondItsSize() {
    Backlog backlog = new Backlog(100);
    for (int number = 0; number < 3000; number++) {
      backlog.add(word("%010d".formatted(number)));
    }
    assertEquals(2990, backlog.first());
    assertEquals(3000, backlog.next());
    assertEquals("0000002990", backlog.at(2990).text().toString());
  }

  @Test
  void keepsTheLastWordHoweverLongItIs() {
    Backlog backlog = new Backlog(10);
    backlog.add(word("short"));
    backlog.add(word("much longer than ten bytes"));
    assertEquals(1, backlog.first());
    assertEquals("much longer than ten bytes", backlog.at(1).text().toString());
  }
}
