package dev.elbow.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** How safe the topics are that a command creates. */
final class ReplicationOption {
  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "1",
      description = "Copies of each topic that is created, at most one for each broker. Default: 1")
  private int copies;

  /**
   * Copies of each topic.
   *
   * @throws CommandException if that is no number of copies
   */
  int copies() throws CommandException {
    if (copies < 1 || copies > Short.MAX_VALUE) {
      throw CommandException.badInput(
          List.of("--replication: %d is out of range, expected at least 1".formatted(copies)));
    }
    return copies;
  }
}
