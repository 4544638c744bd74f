package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.client.TrialStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Something that a coordinator is told to do with a sweep or a trial. */
abstract class SweepOrder implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorUrl coordinator;

  @Parameters(
      paramLabel = "SWEEP[/NNNN]",
      converter = Target.Reader.class,
      description = "The sweep's name; where it says so, a trial of it.")
  private Target target;

  /**
   * Tells the coordinator.
   *
   * @return how the sweep ({@link SweepStatus}) or the trial ({@link TrialStatus}) stands then
   */
  abstract Object tell(ElbowClient client, Target target) throws ClientException, CommandException;

  @Override
  public final Integer call() throws CommandException {
    Object answer = coordinator.ask(client -> tell(client, target));
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      out.println(StatusText.json(answer));
    } else {
      text(answer).forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private static List<String> text(Object answer) {
    if (answer instanceof SweepStatus sweep) {
      return StatusText.of(sweep);
    }
    return answer instanceof TrialStatus trial ? StatusText.of(trial) : List.of();
  }

  /** As {@link Target#wholeSweep}, of this command. */
  final String wholeSweep(Target named) throws CommandException {
    return named.wholeSweep(spec.name());
  }
}
