package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import picocli.CommandLine.Command;

/** Ends the pause of a sweep. */
@Command(
    name = "resume",
    description = {"Ends the pause of a sweep.", ""},
    footer = {"", "Example:", "  elbow resume mnist-beta"})
final class ResumeCommand extends SweepOrder {
  @Override
  Object tell(ElbowClient client, Target target) throws ClientException, CommandException {
    return client.resume(wholeSweep(target));
  }
}
