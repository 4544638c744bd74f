package dev.elbow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what happens to a sweep while it happens. */
@Command(
    name = "watch",
    description = {
      "Shows what happens to a sweep or a trial until it is over, then the results.",
      "",
      "Ctrl-C ends the watching and disturbs nothing. A coordinator that goes away is waited for, a minute long.",
      ""
    },
    footer = {"", "Example:", "  elbow watch mnist-beta --url http://127.0.0.1:8080"})
final class WatchCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Mixin private CoordinatorUrl coordinator;

  @Parameters(
      paramLabel = "SWEEP[/NNNN]",
      converter = Target.Reader.class,
      description = "The sweep's name, or a trial of it.")
  private Target target;

  @Override
  public Integer call() throws Exception {
    return new Watch(elbow, coordinator, target).untilOver();
  }
}
