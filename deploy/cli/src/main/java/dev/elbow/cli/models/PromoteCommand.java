package dev.elbow.cli.models;

import dev.elbow.cli.CommandException;
import dev.elbow.cli.Elbow;
import dev.elbow.cli.ExitCode;
import dev.elbow.coordinator.client.AnswerFormat;
import dev.elbow.coordinator.client.RegisteredModel;
import dev.elbow.coordinator.registry.ModelName;
import dev.elbow.coordinator.registry.Registry;
import dev.elbow.coordinator.registry.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Gives a model a name. */
@Command(
    name = "promote",
    description = {
      "Gives a trial's model a name, under which every command here finds it, and the coordinator serves it.",
      "",
      "The model is copied with its card and all that says where it comes from: neither prune nor delete touches it, and "
          + "a version never changes.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow promote mnist-tutorial/0001 --as digits",
      "  elbow promote digits-int8/ --as digits-small:1",
      "  elbow sample digits --out digits.png"
    })
final class PromoteCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TRIAL",
      description = "SWEEP/NNNN in the results folder, or the folder of a trial or of an export.")
  private String trial;

  @Option(
      names = "--as",
      paramLabel = "NAME[:VERSION]",
      required = true,
      description = "Without a version, the next one, from 1.")
  private String as;

  @Override
  public Integer call() throws CommandException {
    ModelName name = name();
    ModelFolder folder = ModelFolder.ofTrial(trial, elbow.results());
    // A file that ONNX Runtime cannot read is worth no name.
    folder.load().close();
    RegisteredModel model = promoted(folder, name);
    elbow
        .people()
        .println(
            "%s is %s, of %s/%s"
                .formatted(model.reference(), model.sha256(), model.sweep(), model.trial()));
    if (elbow.json()) {
      String line = new String(AnswerFormat.write(model), StandardCharsets.UTF_8);
      spec.commandLine().getOut().println(line);
    }
    return ExitCode.DONE;
  }

  private ModelName name() throws CommandException {
    try {
      return ModelName.parse(as);
    } catch (IllegalArgumentException e) {
      throw refused("--as: " + e.getMessage());
    }
  }

  private RegisteredModel promoted(ModelFolder folder, ModelName name) throws CommandException {
    try {
      return new Registry(elbow.results()).promote(folder.path(), name);
    } catch (RegistryException e) {
      throw refused(e.getMessage());
    } catch (IOException e) {
      throw CommandException.system("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static CommandException refused(String problem) {
    return CommandException.badInput(List.of(problem + ". Nothing was registered."));
  }
}
