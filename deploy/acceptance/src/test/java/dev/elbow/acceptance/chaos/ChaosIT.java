package dev.elbow.acceptance.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form; {@code deploy/acceptance/chaos} does the rest. */
@Order(1)
class ChaosIT {
  @TempDir Path folder;

  @Test
  void aSweepEndsAsIfNobodyHadKilledACoordinatorABrokerAndAWorker() throws Exception {
    Report report = new Report(System.out);
    PlannedRun.shortForm(report).kills(folder);
    assertEquals(List.of(), report.problems());
  }
}
