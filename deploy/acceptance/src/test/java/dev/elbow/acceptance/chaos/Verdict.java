package dev.elbow.acceptance.chaos;

import dev.elbow.acceptance.chaos.History.Life;
import dev.elbow.api.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a sweep has to be in the end, whatever was killed: told by the log and the files.
 *
 * @param sweep its name
 * @param trials how many it has
 */
record Verdict(String sweep, int trials) {
  private static final List<String> MODELS = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");

  /** What the log has against it: every trial was completed, and ended exactly once. */
  List<String> ofLog(History history) {
    List<String> problems = new ArrayList<>();
    for (int number = 1; number <= trials; number++) {
      TrialId id = new TrialId(sweep, number);
      history
          .of(id)
          .flatMap(life -> problem(id, life))
          .or(() -> history.of(id).isEmpty() ? Optional.of(id + ": was lost") : Optional.empty())
          .ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<String> problem(TrialId id, Life life) {
    if (life.givenUp().isPresent()) {
      return Optional.of("%s: was given up: %s".formatted(id, life.givenUp().get()));
    }
    if (life.commits() != 1) {
      return Optional.of("%s: ended %d times: %s".formatted(id, life.commits(), life));
    }
    return life.isCompleted()
        ? Optional.empty()
        : Optional.of("%s: was not completed: %s".formatted(id, life));
  }

  /** What the models have against it: each is that of an undisturbed run. */
  List<String> ofModels(Path results, Path undisturbed) throws IOException {
    List<String> problems = new ArrayList<>();
    for (int number = 1; number <= trials; number++) {
      String place = "%s/trials/%04d".formatted(sweep, number);
      for (String model : MODELS) {
        compare(results.resolve(place).resolve(model), undisturbed.resolve(place).resolve(model))
            .ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static Optional<String> compare(Path found, Path expected) throws IOException {
    if (!Files.exists(found) || !Files.exists(expected)) {
      return Optional.of(
          "%s: there %s, in the undisturbed run %s"
              .formatted(found, Files.exists(found), Files.exists(expected)));
    }
    long place = Files.mismatch(found, expected);
    return place < 0
        ? Optional.empty()
        : Optional.of("%s: differs from the undisturbed run at byte %d".formatted(found, place));
  }

  /** What the table has against it: a row for each trial, all completed. */
  List<String> ofTable(Path results) throws IOException {
    Path file = results.resolve(sweep).resolve("results.csv");
    List<String> rows = Files.readAllLines(file);
    long completed = rows.stream().filter(row -> row.matches("\\d{4},completed,.*")).count();
    return completed == trials && rows.size() == trials + 1
        ? List.of()
        : List.of("%s: %d rows, %d completed".formatted(file, rows.size() - 1, completed));
  }

  /** What should not be in the folder any more once everything has ended. */
  static List<String> leftOvers(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files
          .filter(file -> file.toString().contains("/.attempts/") || isTemporary(file))
          .map(file -> "left over: " + file)
          .toList();
    }
  }

  // A lock stays: were its file removed, somebody else could hold another of the same name.
  private static boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    boolean stays = name.equals(".attempts") || name.endsWith(".lock");
    return name.startsWith(".") && !stays || name.endsWith(".part");
  }
}
