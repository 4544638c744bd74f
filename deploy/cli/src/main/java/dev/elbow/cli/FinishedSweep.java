package dev.elbow.cli;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out, without starting anything, that a sweep is over. */
final class FinishedSweep {
  private FinishedSweep() {}

  /** The results of this very sweep if all its trials have ended; empty in any doubt. */
  static Optional<Results> find(Sweep sweep, Path results, Catalog catalog, DataFolder data) {
    Path folder = results.resolve(sweep.name());
    if (!Files.isRegularFile(folder.resolve("results.csv"))) {
      return Optional.empty();
    }
    Reading stored = SweepFile.read(folder.resolve("sweep.yaml"), catalog, data);
    boolean same = stored.sweep().filter(other -> sweep.differences(other).isEmpty()).isPresent();
    return same ? complete(folder, sweep.trialCount()) : Optional.empty();
  }

  private static Optional<Results> complete(Path folder, int trials) {
    try {
      return Optional.of(Results.read(folder)).filter(results -> results.rows().size() == trials);
    } catch (IOException e) {
      return Optional.empty(); // the coordinator will say what is wrong with it
    }
  }
}
