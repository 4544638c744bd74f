package dev.elbow.cli;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.Submission;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The sweep that lies in the results folder under a name: what it tells needs nothing to run.
 *
 * @param folder of the sweep
 * @param sweep as it was accepted; empty where there is none or it cannot be read, which the
 *     coordinator decides about
 */
record StoredSweep(Path folder, Optional<Sweep> sweep) {

  /** The sweep called {@code name} in {@code results}. */
  static StoredSweep find(String name, Path results, Catalog catalog, DataFolder data) {
    Path folder = results.resolve(name);
    Path file = folder.resolve("sweep.yaml");
    return Files.isRegularFile(file)
        ? new StoredSweep(folder, SweepFile.read(file, catalog, data).sweep())
        : new StoredSweep(folder, Optional.empty());
  }

  /**
   * Checks that {@code asked} may have this name.
   *
   * @throws CommandException if another sweep has it
   */
  void requireSame(Sweep asked) throws CommandException {
    List<String> differences = sweep.map(asked::differences).orElse(List.of());
    if (!differences.isEmpty()) {
      Submission.Refused refused = new Submission.Refused(asked.name(), differences);
      throw CommandException.badInput(List.of(refused.message()));
    }
  }

  /** The results if all trials have ended; empty in any doubt. */
  Optional<Results> finished() {
    if (sweep.isEmpty()) {
      return Optional.empty();
    }
    try {
      int trials = sweep.get().trialCount();
      return Optional.of(Results.read(folder)).filter(results -> results.rows().size() == trials);
    } catch (IOException e) {
      return Optional.empty(); // the coordinator writes it anew
    }
  }
}
