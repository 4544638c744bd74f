package dev.elbow.trainer.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void writesMeasuredFiguresPlainlyToNineDigits() {
    assertEquals("105.489373", Figures.measured(105.48937261234));
    assertEquals("0", Figures.measured(0));
    assertEquals("0", Figures.measured(-0.0));
    assertEquals("0.000000123", Figures.measured(1.23e-7));
    assertEquals("25000", Figures.measured(25000));
    assertEquals("-3.5", Figures.measured(-3.5));
    assertEquals("123456789000", Figures.measured(123456789012.0));
  }

  @Test
  void namesWhatIsNotFinite() {
    assertEquals("NaN", Figures.measured(Double.NaN));
    assertEquals("Infinity", Figures.measured(Double.POSITIVE_INFINITY));
  }

  @Test
  void writesConfiguredFiguresAsShortAsPossible() {
    assertEquals("0.001", Figures.exact(1e-3));
    assertEquals("0.00000001", Figures.exact(1e-8));
    assertEquals("0.1", Figures.exact(0.1));
    assertEquals("4", Figures.exact(4.0));
    assertEquals("2E+23", Figures.exact(2e23));
    assertEquals("0.30000000000000004", Figures.exact(0.1 + 0.2));
  }

  @Test
  void losesNoBitOfConfiguredFigures() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
      assertEquals(value, Double.parseDouble(Figures.exact(value)));
    }
  }
}
