package dev.elbow.cli;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.sweep.Problem;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sweep file that somebody named on the command line. */
final class SweepFile {
  private SweepFile() {}

  /** Reads and checks it. */
  static Reading read(Path file, Catalog catalog, DataFolder data) {
    return new SweepReader(catalog, data).read(file);
  }

  /**
   * The sweep in it.
   *
   * @throws CommandException with every problem, if there are any
   */
  static Sweep require(Path file, Catalog catalog, DataFolder data) throws CommandException {
    Reading reading = read(file, catalog, data);
    return reading.sweep().orElseThrow(() -> CommandException.badInput(List.of(reading.report())));
  }

  /** What was found, for programs. */
  static Map<String, Object> json(Reading reading) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", reading.source());
    json.put("valid", reading.sweep().isPresent());
    reading.sweep().ifPresent(sweep -> put(json, sweep));
    json.put("problems", reading.problems().stream().map(SweepFile::json).toList());
    return json;
  }

  private static void put(Map<String, Object> json, Sweep sweep) {
    json.put("sweep", sweep.name());
    json.put("trials", sweep.trialCount());
    json.put("seeds", sweep.seeds());
    sweep.cost().ifPresent(cost -> json.put("models", cost.structures().size()));
    sweep.cost().ifPresent(cost -> json.put("multiply_adds", cost.multiplyAdds()));
    json.put("notices", sweep.notices());
  }

  private static Map<String, Object> json(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", problem.line());
    json.put("column", problem.column());
    json.put("place", problem.place());
    json.put("message", problem.message());
    return json;
  }
}
