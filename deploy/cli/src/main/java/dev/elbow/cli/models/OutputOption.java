package dev.elbow.cli.models;

import dev.elbow.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where results go. What is there already is never touched unless somebody says so. */
final class OutputOption {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "What is written; its ending says what kind of file.")
  private Path out;

  @Option(names = "--force", description = "Replaces what is there.")
  private boolean force;

  /**
   * The kind of the output.
   *
   * @throws CommandException if it is none of those that are possible, or would replace something
   */
  OutputKind require(OutputKind... possible) throws CommandException {
    Optional<OutputKind> kind = OutputKind.of(out).filter(Arrays.asList(possible)::contains);
    if (kind.isEmpty()) {
      String expected =
          Arrays.stream(possible).map(OutputKind::words).collect(Collectors.joining(" or "));
      throw refused("found '%s', expected %s".formatted(out, expected));
    }
    Path parent = out.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw refused("found '%s', but there is no folder %s".formatted(out, parent));
    }
    if (!force && isThere()) {
      throw refused("%s is there already; --force replaces it".formatted(out));
    }
    return kind.get();
  }

  private static CommandException refused(String problem) {
    return CommandException.badInput(List.of("--out: " + problem + ". Nothing was written."));
  }

  private boolean isThere() throws CommandException {
    if (!Files.isDirectory(out)) {
      return Files.exists(out);
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      throw CommandException.system("%s cannot be read: %s".formatted(out, e), e);
    }
  }

  /** Where it goes. */
  Path path() {
    return out;
  }
}
