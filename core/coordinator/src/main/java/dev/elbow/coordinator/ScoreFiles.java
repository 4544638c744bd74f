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
   * Writes {@code scores.csv}, and {@code results.csv} with the scores at its right end; whoever
   * reads one of them finds the old one or the new one.
   *
   * @param folder of the sweep
   * @throws IOException if a file cannot be read or written
   */
  public static void store(Path folder, ScoreTable scores) throws IOException {
    replace(ScoreTable.file(folder), scores.csv());
    // Read as late as can be: a coordinator adds the trials that end meanwhile.
    replace(folder.resolve("results.csv"), Results.read(folder).with(scores).csv());
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".scored");
    Files.writeString(fresh, text);
    Relocation.replace(fresh, file);
  }
}
