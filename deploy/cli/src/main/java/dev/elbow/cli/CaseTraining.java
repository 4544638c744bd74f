package dev.elbow.cli;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.score.ScoredPart;
import dev.elbow.catalog.Catalog;
import dev.elbow.cli.verify.Measured;
import dev.elbow.cli.verify.ReferenceCase;
import dev.elbow.coordinator.http.ExampleFile;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.Sweep;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Trains and measures reference cases by the commands that people have: {@code run} and {@code
 * evaluate}.
 */
final class CaseTraining {
  private static final List<ScoredPart> PARTS = List.of(ScoredPart.TEST, ScoredPart.TRAIN);

  private final Elbow elbow;
  private final Path home;
  private final Catalog catalog;
  private final RecomputedLosses recomputed;

  /**
   * @param home of what is trained
   */
  CaseTraining(Elbow elbow, Path home, Catalog catalog) {
    this.elbow = elbow;
    this.home = home;
    this.catalog = catalog;
    this.recomputed = new RecomputedLosses(catalog, elbow.dataFolder());
  }

  /** Somebody pressed Ctrl-C. */
  static final class InterruptedRunException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Trains a case, unless its home has it already, and measures all its trials.
   *
   * @throws CommandException if it cannot be trained or measured, with the reason
   */
  List<Measured> measure(ReferenceCase reference) throws CommandException, InterruptedRunException {
    try {
      Path file = write(reference);
      run("run", file.toString());
      if (!reference.scores().isEmpty()) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", reference.name()));
        arguments.addAll(reference.scores());
        run(arguments.toArray(String[]::new));
      }
      return read(reference, file);
    } catch (IOException | DatasetException e) {
      throw CommandException.system(e.getMessage(), e);
    }
  }

  private Path write(ReferenceCase reference) throws IOException {
    String example = ExampleFile.named(reference.sweep()).text();
    Map<String, Object> sweep = new LinkedHashMap<>();
    ((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(example))
        .forEach((key, value) -> sweep.put(String.valueOf(key), value));
    sweep.putAll(reference.change());
    sweep.put("name", reference.name());
    Files.createDirectories(home);
    String text = new Dump(DumpSettings.builder().build()).dumpToString(sweep);
    return Files.writeString(home.resolve(reference.name() + ".yaml"), text);
  }

  private void run(String... command) throws CommandException, InterruptedRunException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--home", home.toString(), "--slots", "" + elbow.slots()));
    elbow
        .dataFolder()
        .root()
        .ifPresent(data -> arguments.addAll(List.of("--data", data.toString())));
    PrintStream out = System.out;
    try {
      // Progress is for people, and stdout may be for programs.
      System.setOut(elbow.people());
      int code = Elbow.commandLine(Map.of()).execute(arguments.toArray(String[]::new));
      require(code, command[0]);
    } finally {
      System.setOut(out);
    }
  }

  private static void require(int code, String command)
      throws CommandException, InterruptedRunException {
    if (code == ExitCode.INTERRUPTED) {
      throw new InterruptedRunException();
    }
    if (code != ExitCode.DONE) {
      throw CommandException.system(
          "'elbow %s' ended with %d, see above".formatted(command, code), null);
    }
  }

  private List<Measured> read(ReferenceCase reference, Path file)
      throws CommandException, IOException, DatasetException {
    Sweep sweep = SweepFile.require(file, catalog, elbow.dataFolder());
    Path folder = home.resolve("sweeps").resolve(reference.name());
    Results results = SweepFolders.read(home.resolve("sweeps"), reference.name());
    List<Measured> measured = new ArrayList<>();
    for (Row row : results.rows()) {
      Path trial = folder.resolve("trials").resolve("%04d".formatted(row.trial()));
      Map<String, Double> figures = new LinkedHashMap<>(row.figures());
      figures.putAll(recomputed(reference, trial, sweep.trial(row.trial()).dataset()));
      measured.add(new Measured(row.trial(), row.seed(), row.parameters(), figures));
    }
    return MultiRate.beside(folder, measured);
  }

  private Map<String, Double> recomputed(ReferenceCase reference, Path trial, DatasetChoice data)
      throws IOException, DatasetException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (ScoredPart part : PARTS) {
      String prefix = "onnx_" + part.name().toLowerCase(java.util.Locale.ROOT) + "_";
      boolean asked =
          List.of("reconstruction", "kl", "reconstruction_of_mean").stream()
              .anyMatch(figure -> reference.names(prefix + figure));
      if (asked) {
        figures.putAll(recomputed.figures(trial, data, part));
      }
    }
    return figures;
  }
}
