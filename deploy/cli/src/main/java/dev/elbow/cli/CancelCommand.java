package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import picocli.CommandLine.Command;

/** Gives up a sweep's trials that have not ended, or one trial. */
@Command(
    name = "cancel",
    description = {"Gives up a sweep's trials that have not ended, or one trial.", ""},
    footer = {"", "Example:", "  elbow cancel mnist-beta/0007"})
final class CancelCommand extends SweepOrder {
  @Override
  Object tell(ElbowClient client, Target target) throws ClientException, CommandException {
    return target.trial().isPresent()
        ? client.cancel(target.trial().get())
        : client.cancel(target.sweep());
  }
}
