package dev.elbow.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that is measured by the lines that it prints, and when. */
final class Lines {
  private Lines() {}

  /** Hears a line as soon as it is there. */
  @FunctionalInterface
  interface Listener {
    void hear(String line, long pid) throws IOException;
  }

  /** Seconds of a clock that never goes back. */
  static double now() {
    return System.nanoTime() * 1e-9;
  }

  /**
   * Runs a command to its end.
   *
   * @param errors where its standard error goes
   * @throws IOException if it cannot be started, or fails
   */
  static void of(List<String> command, Path errors, Listener listener) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.hear(line, process.pid());
      }
      requireSuccess(command, process.waitFor(), errors);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroy();
    }
  }

  private static void requireSuccess(List<String> command, int exitCode, Path errors)
      throws IOException {
    if (exitCode != 0) {
      throw new IOException(
          "%s ended with exit code %d and said: %s"
              .formatted(String.join(" ", command), exitCode, Files.readString(errors)));
    }
  }
}
