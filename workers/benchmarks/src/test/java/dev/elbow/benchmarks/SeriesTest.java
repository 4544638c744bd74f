package dev.elbow.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void oneThatWasDisturbedMovesNoMedian() {
    assertEquals(3, series(3, 2, 1000, 3, 4).median());
    assertEquals(2.5, series(4, 1, 2, 3).median());
  }

  @Test
  void ratiosAreTakenTurnByTurn() {
    Series ratios = series(10, 10, 40).over(series(5, 10, 20));
    assertEquals(2, ratios.median());
    assertEquals(1, ratios.least());
    assertEquals(2, ratios.greatest());
  }

  private static Series series(double... figures) {
    Series series = new Series();
    for (double figure : figures) {
      series.add(figure);
    }
    return series;
  }
}
