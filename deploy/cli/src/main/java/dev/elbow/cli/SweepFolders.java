package dev.elbow.cli;

import dev.elbow.coordinator.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sweeps in a results folder. */
final class SweepFolders {
  private SweepFolders() {}

  /** Their names in alphabetical order; none where there is no such folder. */
  static List<String> names(Path results) throws CommandException {
    if (!Files.isDirectory(results)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(results)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("sweep.yaml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw CommandException.system("%s cannot be read: %s".formatted(results, e), e);
    }
  }

  /** What has come of a sweep so far. */
  static Results read(Path results, String sweep) throws CommandException {
    try {
      return Results.read(results.resolve(sweep));
    } catch (NoSuchFileException e) {
      throw CommandException.badInput(List.of(missing(results, sweep)));
    } catch (IOException e) {
      throw CommandException.system("%s: %s".formatted(sweep, e.getMessage()), e);
    }
  }

  private static String missing(Path results, String sweep) throws CommandException {
    List<String> names = names(results);
    String found = names.isEmpty() ? "there is none" : "there are " + String.join(", ", names);
    return "no sweep '%s' in %s; %s".formatted(sweep, results, found);
  }
}
