package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.SweepUsage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Something of a sweep that a coordinator removes for ever: says before what that is, and asks. */
abstract class RemovalOrder implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorUrl coordinator;
  @Mixin private Confirmation confirmation;

  @Parameters(
      paramLabel = "SWEEP",
      converter = Target.Reader.class,
      description = "The sweep's name.")
  private Target target;

  /** What would be removed. */
  abstract SweepUsage usage(ElbowClient client, String sweep) throws ClientException;

  /** What else there is to know before; no line if nothing. */
  abstract List<String> consequences(ElbowClient client, SweepUsage usage) throws ClientException;

  /** Removes it; what was removed. */
  abstract SweepUsage remove(ElbowClient client, String sweep) throws ClientException;

  /** Whether there is something to do where there are no files. */
  abstract boolean concernsMoreThanFiles();

  @Override
  public final Integer call() throws CommandException {
    String sweep = target.wholeSweep(spec.name());
    SweepUsage usage = coordinator.ask(client -> usage(client, sweep));
    if (usage.files() == 0 && !concernsMoreThanFiles()) {
      elbow.people().println(sweep + ": there is nothing to remove");
      return print(usage);
    }
    elbow.people().println("%s: %s would be removed for ever".formatted(sweep, text(usage)));
    coordinator.ask(client -> consequences(client, usage)).forEach(elbow.people()::println);
    if (!confirmation.isGiven("Remove them?", elbow.people())) {
      elbow.people().println("Nothing was removed.");
      return ExitCode.INTERRUPTED;
    }
    SweepUsage freed = coordinator.ask(client -> remove(client, sweep));
    elbow.people().println(told(usage, freed));
    return print(freed);
  }

  private static String told(SweepUsage usage, SweepUsage freed) {
    return freed.files() == 0 && usage.files() > 0
        ? "%s: the files cannot be removed now; the coordinator tries again"
            .formatted(usage.sweep())
        : "%s: %s were removed".formatted(freed.sweep(), text(freed));
  }

  /** {@code 12 trials, 96 files, 34.2 MB}. */
  static String text(SweepUsage usage) {
    return "%d trials, %d files, %s"
        .formatted(usage.trials(), usage.files(), Figures.size(usage.sizeBytes()));
  }

  private int print(SweepUsage usage) {
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      out.println(StatusText.json(usage));
    }
    return ExitCode.DONE;
  }
}
