package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import picocli.CommandLine.Command;

/** Queues a sweep's failed and cancelled trials again, or one trial. */
@Command(
    name = "retry",
    description = {"Queues a sweep's failed and cancelled trials again, or one trial.", ""},
    footer = {"", "Example:", "  elbow retry mnist-beta/0007"})
final class RetryCommand extends SweepOrder {
  @Override
  Object tell(ElbowClient client, Target target) throws ClientException, CommandException {
    return target.trial().isPresent()
        ? client.retry(target.trial().get())
        : client.retry(target.sweep());
  }
}
