package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import picocli.CommandLine.Command;

/** Queues no further trials of a sweep; running ones go on. */
@Command(
    name = "pause",
    description = {"Queues no further trials of a sweep; running ones go on.", ""},
    footer = {"", "Example:", "  elbow pause mnist-beta"})
final class PauseCommand extends SweepOrder {
  @Override
  Object tell(ElbowClient client, Target target) throws ClientException, CommandException {
    return client.pause(wholeSweep(target));
  }
}
