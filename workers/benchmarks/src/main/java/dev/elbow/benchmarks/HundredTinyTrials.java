package dev.elbow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the program of the acceptance tests that knows what a trial costs beyond its training. */
final class HundredTinyTrials {
  private static final Pattern COST =
      Pattern.compile("cost beyond that, per trial\\s+([0-9.]+) ms.*");

  private final Path project;
  private final Path data;
  private final Path folder;

  HundredTinyTrials(Path project, Path data, Path folder) {
    this.project = project;
    this.data = data.toAbsolutePath();
    this.folder = folder;
  }

  /** Milliseconds for each trial, with two slots. */
  double cost() throws IOException {
    Path deploy = project.resolve("deploy");
    Path program =
        deploy.resolve("acceptance/src/test/java/dev/elbow/acceptance/HundredTrials.java");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            program.toString(),
            deploy.resolve("elbow").toString(),
            data.toString(),
            "2");
    List<Double> costs = new ArrayList<>();
    Path errors = Files.createTempFile(folder, "hundred", ".txt");
    Lines.of(command, errors, (line, pid) -> addCost(line, costs));
    return costs.get(0);
  }

  private static void addCost(String line, List<Double> costs) {
    Matcher found = COST.matcher(line);
    if (found.matches()) {
      costs.add(Double.parseDouble(found.group(1)));
    }
  }
}
