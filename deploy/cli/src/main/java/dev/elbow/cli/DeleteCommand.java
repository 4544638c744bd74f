package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import picocli.CommandLine.Command;

/** Removes a sweep with everything that it has left. */
@Command(
    name = "delete",
    description = {"Removes a sweep with everything that it has left.", ""},
    footer = {"", "Example:", "  elbow delete mnist-beta"})
final class DeleteCommand extends SweepOrder {
  @Override
  Object tell(ElbowClient client, Target target) throws ClientException, CommandException {
    String sweep = wholeSweep(target);
    client.delete(sweep);
    return java.util.Map.of("deleted", sweep);
  }
}
