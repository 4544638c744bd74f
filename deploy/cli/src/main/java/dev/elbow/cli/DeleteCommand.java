package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.SweepUsage;
import java.util.List;
import picocli.CommandLine.Command;

/** Removes a sweep with everything that it has left. */
@Command(
    name = "delete",
    description = {
      "Removes a sweep with everything that it has left; its trials that run are stopped.",
      "",
      "Says before what that would free, and asks. Its name may then be given to another sweep.",
      ""
    },
    footer = {"", "Examples:", "  elbow delete mnist-beta", "  elbow delete mnist-beta --yes"})
final class DeleteCommand extends RemovalOrder {
  @Override
  SweepUsage usage(ElbowClient client, String sweep) throws ClientException {
    return client.usage(sweep);
  }

  @Override
  List<String> consequences(ElbowClient client, SweepUsage usage) throws ClientException {
    int running = running(client, usage.sweep());
    return running == 0 ? List.of() : List.of("%d trials that run are stopped".formatted(running));
  }

  // A sweep that cannot go on, for want of a plugin, can be removed but has no status.
  private static int running(ElbowClient client, String sweep) throws ClientException {
    return client.sweeps().stream()
        .filter(status -> status.sweep().equals(sweep))
        .mapToInt(status -> status.running())
        .sum();
  }

  @Override
  SweepUsage remove(ElbowClient client, String sweep) throws ClientException {
    return client.delete(sweep);
  }

  @Override
  boolean concernsMoreThanFiles() {
    return true;
  }
}
