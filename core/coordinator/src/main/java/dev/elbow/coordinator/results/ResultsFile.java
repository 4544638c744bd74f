package dev.elbow.coordinator.results;

import java.io.IOException;
import java.nio.file.Path;

/** Writes and reads {@code results.csv}. */
final class ResultsFile {
  private ResultsFile() {}

  static Results read(Path folder) throws IOException {
    throw new IOException("in the making: " + folder);
  }

  static String csv(Results results) {
    throw new UnsupportedOperationException("in the making " + results);
  }
}
