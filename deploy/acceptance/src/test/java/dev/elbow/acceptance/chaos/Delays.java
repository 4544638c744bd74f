package dev.elbow.acceptance.chaos;

import java.nio.file.Path;

/** How long it takes until others go on, again and again. */
final class Delays {
  private final Report report;

  Delays(Report report) {
    this.report = report;
  }

  /**
   * Strikes each kind of part so many times, one at a time.
   *
   * @param times at least 1
   */
  void run(Path folder, int times) throws Exception {
    try (Installation system = Installation.in(folder, new Installation.Size(3, 2, 4, 1))) {
      new Session(system, new ShortTrials("delays", 200, 20, 200, 3), report).begin();
      Blows blows = new Blows(system);
      for (int i = 0; i < times; i++) {
        report.hit(blows.killWorker(system.workers().get(i % 4)));
        report.hit(blows.killCoordinator());
        report.hit(blows.killBroker());
      }
    }
  }
}
