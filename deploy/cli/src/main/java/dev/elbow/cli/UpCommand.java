package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.http.Listening;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Serves with everything in this JVM. */
@Command(
    name = "up",
    description = {
      "Runs broker, coordinator and workers in this process until Ctrl-C, takes sweeps over HTTP and",
      "serves the dashboard.",
      "",
      "Their state is in HOME: another start goes on where this one was.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow up --data ~/data --slots 2",
      "  elbow submit mnist.yaml --wait"
    })
final class UpCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Mixin private HttpOptions address;

  @Override
  public Integer call() throws Exception {
    Listening listening = address.listening();
    elbow.slots();
    try (Catalog catalog = Plugins.load(elbow.plugins());
        HomeLock ignored = HomeLock.take(elbow.home())) {
      LogSetup.addFile(elbow.home());
      return serve(catalog, listening);
    }
  }

  private int serve(Catalog catalog, Listening listening) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (ProcessFigures figures = new ProcessFigures();
        AutoCloseable ignored = () -> LocalSystem.await(vertx.close());
        LocalSystem system = LocalSystem.start(settings(catalog, figures));
        HttpPort http = HttpPort.open(vertx, system.coordinator(), listening, figures.registry())) {
      return new Service(elbow).serve("Elbow at " + http.url(), http.facts());
    }
  }

  private LocalSystem.Settings settings(Catalog catalog, ProcessFigures figures)
      throws CommandException {
    return new LocalSystem.Settings(
        elbow.home(),
        elbow.results(),
        elbow.dataFolder(),
        catalog,
        elbow.slots(),
        Optional.empty(),
        figures.registry());
  }
}
