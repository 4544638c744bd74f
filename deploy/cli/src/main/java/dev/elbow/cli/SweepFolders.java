package dev.elbow.cli;

import dev.elbow.coordinator.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sweeps in a results folder. */
final class SweepFolders {
  /** What every whole sweep has. */
  private static final List<String> FILES = List.of("sweep.yaml", "results.csv");

  private SweepFolders() {}

  /**
   * Their names in alphabetical order, also of those that are not whole; none where there is no
   * such folder.
   */
  static List<String> names(Path results) throws CommandException {
    if (!Files.isDirectory(results)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(results)) {
      return folders
          .filter(SweepFolders::begun)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw CommandException.system("%s cannot be read: %s".formatted(results, e), e);
    }
  }

  private static boolean begun(Path folder) {
    return FILES.stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file)));
  }

  /**
   * What has come of a sweep so far.
   *
   * @throws CommandException if there is none, or its folder is not whole: a coordinator that died
   *     while it made it leaves it so
   */
  static Results read(Path results, String sweep) throws CommandException {
    Path folder = results.resolve(sweep);
    if (!begun(folder)) {
      throw CommandException.badInput(List.of(missing(results, sweep)));
    }
    List<String> lacking =
        FILES.stream().filter(file -> !Files.isRegularFile(folder.resolve(file))).toList();
    if (!lacking.isEmpty()) {
      throw CommandException.system(
          "sweep '%s' is not whole: %s lacks %s; submitting or running it again completes it"
              .formatted(sweep, folder, String.join(", ", lacking)),
          null);
    }
    try {
      return Results.read(folder);
    } catch (IOException e) {
      throw CommandException.system("sweep '%s': %s".formatted(sweep, e.getMessage()), e);
    }
  }

  private static String missing(Path results, String sweep) throws CommandException {
    List<String> names = names(results);
    String found = names.isEmpty() ? "there is none" : "there are " + String.join(", ", names);
    return "no sweep '%s' in %s; %s".formatted(sweep, results, found);
  }
}
