package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.coordinator.client.AnswerFormat;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.RegisteredModel;
import dev.elbow.coordinator.registry.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows which models have names. */
@Command(
    name = "models",
    description = {
      "Lists the models that have names (promote), for which nothing has to run; with --url those of a coordinator.",
      ""
    })
final class ModelsCommand implements Callable<Integer> {
  private static final int SHOWN_OF_HASH = 12;

  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorUrl coordinator;

  @Override
  public Integer call() throws CommandException {
    List<RegisteredModel> models =
        coordinator.isGiven() ? coordinator.ask(ElbowClient::models) : stored();
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      models.forEach(model -> out.println(new String(AnswerFormat.write(model), UTF_8)));
    } else {
      List<List<String>> rows = models.stream().map(ModelsCommand::row).toList();
      new TextTable(List.of("model", "trial", "sha256", "data"), rows)
          .lines()
          .forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private List<RegisteredModel> stored() throws CommandException {
    try {
      return new Registry(elbow.results()).models();
    } catch (IOException e) {
      throw CommandException.system(e.getMessage(), e);
    }
  }

  private static List<String> row(RegisteredModel model) {
    return List.of(
        model.reference(),
        model.sweep() + "/" + model.trial(),
        shortened(model.sha256()),
        shortened(model.dataSha256()));
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(SHOWN_OF_HASH, hash.length()));
  }
}
