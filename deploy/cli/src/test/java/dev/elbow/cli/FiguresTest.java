package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
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
