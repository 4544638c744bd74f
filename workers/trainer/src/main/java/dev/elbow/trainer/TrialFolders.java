package dev.elbow.trainer;

import dev.elbow.api.TrialId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a worker writes below the results folder; the coordinator takes it from there. */
record TrialFolders(Path results) {
  private static final Logger LOG = LoggerFactory.getLogger(TrialFolders.class);
  private static final String ATTEMPTS = ".attempts";

  /** Made if it is missing: for checkpoints, shared by all executions of the trial. */
  Path ofTrial(TrialId trial) throws IOException {
    return Files.createDirectories(pathOf(trial));
  }

  private Path pathOf(TrialId trial) {
    return results.resolve(trial.sweep()).resolve(ATTEMPTS).resolve(trial.folder());
  }

  /** Deletes what an execution that lost its trial has written, except checkpoints. */
  void leave(TrialId trial, String execution) {
    try {
      delete(pathOf(trial).resolve(execution));
      deleteIfEmpty(pathOf(trial));
    } catch (IOException e) {
      // Somebody's files are in it, so it is not this execution's to delete.
      LOG.debug("{} keeps its folder: {}", trial, e.toString());
    }
  }

  // An object store would delete it with all that is in it.
  private static void deleteIfEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isEmpty()) {
        Files.deleteIfExists(folder);
      }
    }
  }

  // The folder of an execution holds files alone.
  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Made if it is missing: for the files of one execution. */
  Path ofExecution(TrialId trial, String execution) throws IOException {
    return Files.createDirectories(ofTrial(trial).resolve(execution));
  }

  /** The folder of an execution as the log names it: relative to the results, on any system. */
  static String told(TrialId trial, String execution) {
    return String.join("/", trial.sweep(), ATTEMPTS, trial.folder(), execution);
  }
}
