package dev.elbow.cli.models;

import dev.elbow.cli.CommandException;
import dev.elbow.cli.Elbow;
import dev.elbow.cli.ExitCode;
import dev.elbow.cli.Json;
import dev.elbow.inference.ToldOfAll;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * What all commands on a model have in common: the model, the output, and what becomes of errors.
 */
@Command
abstract class ModelCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A trial's folder, SWEEP/NNNN in the results folder, or NAME[:VERSION] of promote.")
  private String model;

  @Mixin private OutputOption output;
  @Mixin private ToldOptions told;

  private ModelFolder folder;
  private ToldOfAll toldOfAll;

  /** What may be written: images, unless a command makes something else. */
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.PICTURE, OutputKind.ARRAY, OutputKind.FOLDER};
  }

  /** Refuses options that cannot be, before anything is read. */
  List<String> problems() {
    return List.of();
  }

  /** What the model is told of all images: what the command line says. */
  ToldOfAll chosen(VaeModel model, ToldOptions options) throws IOException, RefusedImages {
    return options.chosen(model);
  }

  /** Does the work and says what came of it. */
  abstract Report run(VaeModel model, OutputKind kind)
      throws IOException, RefusedImages, CommandException;

  /**
   * What is said at the end.
   *
   * @param text for people
   * @param facts for programs, beside the command and its output
   */
  record Report(String text, Map<String, ?> facts) {
    Report {
      facts = new LinkedHashMap<>(facts);
    }
  }

  @Override
  public Integer call() throws CommandException {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw refused(problems);
    }
    OutputKind kind = output.require(kinds());
    folder = ModelFolder.of(model, elbow.results());
    try (VaeModel loaded = folder.load()) {
      toldOfAll = chosen(loaded, told);
      say(run(toldOfAll.tell(loaded), kind));
      return ExitCode.DONE;
    } catch (RefusedImages e) {
      throw refused(withCount(e));
    } catch (IOException e) {
      throw CommandException.system("%s: %s".formatted(spec.name(), e), e);
    }
  }

  private static List<String> withCount(RefusedImages e) {
    List<String> lines = new ArrayList<>(e.lines());
    if (e.count() > 1) {
      lines.add("%d problems.".formatted(e.count()));
    }
    return lines;
  }

  /** Bad input: one line for each problem, and that nothing came of it. */
  static CommandException refused(List<String> problems) {
    List<String> lines = new ArrayList<>(problems);
    lines.add("Nothing was written.");
    return CommandException.badInput(lines);
  }

  private void say(Report report) {
    elbow.people().println(report.text());
    elbow.people().println("Written: " + output.path());
    if (elbow.json()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("command", spec.name());
      facts.put("model", folder.path().toString());
      facts.put("out", output.path().toString());
      facts.putAll(report.facts());
      spec.commandLine().getOut().println(Json.line(facts));
    }
  }

  ModelFolder folder() {
    return folder;
  }

  /** What the model of {@link #run} is told. */
  ToldOfAll toldOfAll() {
    return toldOfAll;
  }

  OutputOption output() {
    return output;
  }

  /** Shows how far this command has come. */
  WorkProgress progress(long total) {
    return new WorkProgress(spec.name(), total, elbow.people(), !elbow.json());
  }
}
