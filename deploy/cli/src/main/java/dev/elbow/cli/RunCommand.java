package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.sweep.Sweep;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Trains a sweep with everything in this JVM. */
@Command(
    name = "run",
    description = {
      "Trains every trial of a sweep and ends with a table of the results.",
      "",
      "Broker, coordinator and workers run in this process; their state is in HOME. On a terminal a bar shows the sweep and "
          + "a line each slot. Elsewhere each evaluation is a line:",
      "",
      "  trial 0003 epoch 4/10 loss 109.64 reconstruction 85.12 kl 24.52",
      "",
      "These are losses on the test images, in nats per image; loss = reconstruction + kl, whatever beta is.",
      "",
      "Ctrl-C ends it in good order. The same command again goes on where it stopped; a sweep that is over prints its "
          + "table at once. SWEEP.yaml may also be the trial.json of a trial, which trains that trial again.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every trial completed",
      "1:the sweep is over and some trial failed",
      "2:something is wrong with the sweep, and nothing was queued",
      "3:the system lacks something, which is named",
      "130:interrupted"
    },
    footer = {
      "",
      "Examples:",
      "  elbow run deploy/examples/quickstart.yaml",
      "  elbow run mnist.yaml --data ~/data --slots 2",
      "  elbow run mnist.yaml --data ~/data --json > events.jsonl"
    })
final class RunCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;

  @Parameters(
      paramLabel = "SWEEP.yaml",
      description = "The sweep file: YAML, JSON or a trial.json.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    elbow.slots();
    try (Catalog catalog = Plugins.load(elbow.plugins())) {
      Sweep sweep = SweepFile.require(file, catalog, elbow.dataFolder());
      StoredSweep stored =
          StoredSweep.find(sweep.name(), elbow.results(), catalog, elbow.dataFolder());
      stored.requireSame(sweep);
      sweep.notices().forEach(elbow.people()::println);
      return stored.finished().isPresent() ? report(sweep) : train(sweep, catalog);
    }
  }

  private int train(Sweep sweep, Catalog catalog) throws Exception {
    try (HomeLock ignored = HomeLock.take(elbow.home());
        Interrupt interrupt = Interrupt.watch()) {
      LogSetup.addFile(elbow.home());
      if (new LocalRun(elbow, sweep, interrupt).train(catalog)) {
        return report(sweep);
      }
      elbow
          .people()
          .println(
              "Interrupted. The same command again goes on where %s stopped."
                  .formatted(sweep.name()));
      return ExitCode.INTERRUPTED;
    }
  }

  private int report(Sweep sweep) throws CommandException {
    return new RunReport(elbow, SweepFolders.read(elbow.results(), sweep.name())).print();
  }
}
