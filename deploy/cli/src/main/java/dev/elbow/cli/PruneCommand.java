package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.SweepUsage;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes the models of all but the best trials of a sweep. */
@Command(
    name = "prune",
    description = {
      "Removes the models and pictures of the trials of a sweep that have ended, the best excepted.",
      "",
      "Every trial keeps its trial.json, its metrics.csv and its row in results.csv. Says before what that would free, "
          + "and asks.",
      ""
    },
    footer = {"", "Example:", "  elbow prune mnist-beta --keep best:3"})
final class PruneCommand extends RemovalOrder {
  @Option(
      names = "--keep",
      required = true,
      paramLabel = "best:N",
      description = "How many trials, the best by the sweep's goal, keep all their files.")
  private String keep;

  @Override
  SweepUsage usage(ElbowClient client, String sweep) throws ClientException {
    return client.prunable(sweep, keep);
  }

  @Override
  List<String> consequences(ElbowClient client, SweepUsage usage) {
    return List.of("kept, the best first: " + String.join(", ", usage.kept()));
  }

  @Override
  SweepUsage remove(ElbowClient client, String sweep) throws ClientException {
    return client.prune(sweep, keep);
  }

  @Override
  boolean concernsMoreThanFiles() {
    return false;
  }
}
