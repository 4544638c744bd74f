package dev.elbow.cli;

import dev.elbow.api.Trial;
import dev.elbow.api.Vae;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.trainer.program.EvaluationProgram;
import dev.elbow.trainer.program.StepProgram;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what a worker makes of a trial, without training anything. */
@Command(
    name = "explain",
    description = {
      "Shows how a trial of a sweep would be trained: its parameters, the operations for one image,"
          + " and the program (TorchScript) that makes its steps, with the one that evaluates it."
          + " Trials that differ in beta, learning rate or seed alone share them. Where the"
          + " precision is auto, the program is that of fp32.",
      ""
    },
    footer = {"", "Example:", "  elbow explain mnist.yaml --trial 3 --data ~/data"})
final class ExplainCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP.yaml", description = "The sweep file: YAML or JSON.")
  private Path file;

  @Option(
      names = "--trial",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which trial of the sweep, from 1. Default: 1")
  private int number;

  @Override
  public Integer call() throws CommandException {
    try (Catalog catalog = Plugins.load(elbow.plugins())) {
      Reading reading = SweepFile.read(file, catalog, elbow.dataFolder());
      if (reading.sweep().isEmpty()) {
        spec.commandLine().getErr().println(reading.report());
        return ExitCode.BAD_INPUT;
      }
      explain(trial(reading.sweep().get()), catalog);
      return ExitCode.DONE;
    }
  }

  private Trial trial(Sweep sweep) throws CommandException {
    if (number < 1 || number > sweep.trialCount()) {
      throw CommandException.badInput(
          List.of(
              "--trial: %d is out of range, expected an integer from 1 to %d"
                  .formatted(number, sweep.trialCount())));
    }
    return sweep.trial(number);
  }

  private void explain(Trial trial, Catalog catalog) throws CommandException {
    Vae vae = catalog.describe(trial, images(trial, catalog));
    StepProgram program = StepProgram.of(vae, trial.training());
    EvaluationProgram evaluation = EvaluationProgram.of(vae, program.layout());
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      out.println(Json.line(json(trial, vae.training(), program, evaluation)));
    } else {
      print(trial, vae.training(), program, evaluation, out);
    }
  }

  private DatasetDescription images(Trial trial, Catalog catalog) throws CommandException {
    var choice = trial.dataset().choice();
    try {
      return catalog
          .find(Kind.DATASET, choice.plugin())
          .orElseThrow()
          .describe(choice.options(), elbow.dataFolder());
    } catch (DatasetException e) {
      throw CommandException.badInput(List.of(e.getMessage()));
    }
  }

  private static void print(
      Trial trial,
      Graph model,
      StepProgram program,
      EvaluationProgram evaluation,
      PrintWriter out) {
    out.println(trial.id() + " " + trial.parameters());
    out.println();
    table(model).lines().forEach(out::println);
    out.println();
    out.println(
        String.format(
            Locale.ROOT,
            "%,d parameters; %,d multiply-adds for one image, forward",
            model.parameterCount(),
            model.multiplyAdds()));
    out.println();
    out.println(program.text());
    out.print(evaluation.function());
    out.flush();
  }

  private static TextTable table(Graph model) {
    List<List<String>> rows =
        model.state().stream()
            .map(
                parameter ->
                    List.of(
                        parameter.name(),
                        parameter.shape().toString(),
                        String.format(Locale.ROOT, "%,d", parameter.shape().size())))
            .toList();
    return new TextTable(List.of("parameter", "shape", "values"), rows);
  }

  private static Map<String, Object> json(
      Trial trial, Graph model, StepProgram program, EvaluationProgram evaluation) {
    Map<String, Object> shapes = new LinkedHashMap<>();
    for (Parameter parameter : model.state()) {
      shapes.put(parameter.name(), parameter.shape().dimensions());
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("trial", trial.id().toString());
    object.put("parameters", trial.parameters());
    object.put("shapes", shapes);
    object.put("weights", model.parameterCount());
    object.put("multiply_adds", model.multiplyAdds());
    object.put("program", program.text());
    object.put("evaluation", evaluation.text());
    return object;
  }
}
