package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void sizesHaveTheUnitThatTheyAreReadIn() {
    assertEquals("0 bytes", Figures.size(0));
    assertEquals("999 bytes", Figures.size(999));
    assertEquals("1.0 kB", Figures.size(1000));
    assertEquals("1.0 MB", Figures.size(999_960));
    assertEquals("34.2 MB", Figures.size(34_200_000));
    assertEquals("9.2 EB", Figures.size(Long.MAX_VALUE));
  }

  @Test
  void aBarFillsInHalfColumns() {
    assertEquals("────", Bar.of(0, 4));
    assertEquals("━╸──", Bar.of(0.4, 4));
    assertEquals("━━━━", Bar.of(1.5, 4));
    assertEquals("────", Bar.of(Double.NaN, 4));
  }

  @Test
  void durationsShowHoursOnlyWhereThereAreSome() {
    assertEquals("0:07", Figures.duration(Duration.ofSeconds(7)));
    assertEquals("12:03", Figures.duration(Duration.ofSeconds(723)));
    assertEquals("3:04:05", Figures.duration(Duration.ofSeconds(11045)));
  }

  @Test
  void figuresAreTheSameInEveryLocale() {
    assertEquals("109.64", Figures.nats(109.6444));
    assertEquals("41,203", Figures.rate(41203.4));
    assertEquals("3.2", Figures.rate(3.21));
  }
}
