package dev.elbow.coordinator;

import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps scores in the folder of a sweep, whether or not a coordinator runs. */
public final class ScoreFiles {
  private ScoreFiles() {}

  /**
   * Adds to {@code scores.csv}, and to the right end of {@code results.csv}; whoever reads one of
   * them finds the old one or the new one. What others add meanwhile stays.
   *
   * @param folder of the sweep
   * @param scores that are new
   * @throws IOException if a file cannot be read or written
   */
  public static void add(Path folder, ScoreTable scores) throws IOException {
    try (TableLock lock = TableLock.of(folder)) {
      ScoreTable all = ScoreTable.read(folder).with(scores);
      replace(ScoreTable.file(folder), all.csv());
      replace(folder.resolve("results.csv"), Results.read(folder).with(all).csv());
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".scored");
    Files.writeString(fresh, text);
    Relocation.replace(fresh, file);
  }
}
