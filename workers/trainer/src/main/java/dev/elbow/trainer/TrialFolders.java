package dev.elbow.trainer;

import dev.elbow.api.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a worker writes below the results folder; the coordinator takes it from there. */
record TrialFolders(Path results) {
  private static final String ATTEMPTS = ".attempts";

  /** Made if it is missing: for checkpoints, shared by all executions of the trial. */
  Path ofTrial(TrialId trial) throws IOException {
    Path folder = results.resolve(trial.sweep()).resolve(ATTEMPTS).resolve(trial.folder());
    return Files.createDirectories(folder);
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
