package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.LoggedTrial.End;
import dev.elbow.coordinator.results.Results;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of sweeps. Every method may be repeated after a crash anywhere inside it. Blocks;
 * thread-safe as long as two calls are not about the same sweep.
 *
 * @param results folder that holds one folder a sweep
 */
record SweepFolders(Path results) {
  private static final Logger LOG = LoggerFactory.getLogger(SweepFolders.class);
  private static final String ATTEMPTS = ".attempts";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private Path folder(String sweep) {
    return results.resolve(sweep);
  }

  /**
   * Makes the folder of a new sweep. It is whole once it has a {@code sweep.yaml}, which comes
   * last.
   *
   * @param text of the sweep file
   * @param empty the table without rows
   * @throws FileAlreadyExistsException if results of a sweep that nobody knows are in its place
   */
  void create(String sweep, String text, Results empty) throws IOException {
    Path folder = folder(sweep);
    Path table = folder.resolve("results.csv");
    if (Files.exists(table) && !Results.read(folder).rows().isEmpty()) {
      throw new FileAlreadyExistsException(
          folder.toString(), null, "holds results of a sweep that the log does not know of");
    }
    Files.createDirectories(folder.resolve("trials"));
    replace(table, List.of(empty.csv()));
    replace(folder.resolve("sweep.yaml"), List.of(text));
  }

  /**
   * Writes {@code results.csv}: whoever reads it finds the old table or the new one.
   *
   * @param lines of the table, each with its line break
   * @param text of the sweep file, which is written if it is missing
   */
  void write(String sweep, Iterable<String> lines, String text) throws IOException {
    Path folder = Files.createDirectories(folder(sweep));
    replace(folder.resolve("results.csv"), lines);
    if (!Files.exists(folder.resolve("sweep.yaml"))) {
      replace(folder.resolve("sweep.yaml"), List.of(text));
    }
  }

  private static void replace(Path file, Iterable<String> parts) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      for (String part : parts) {
        writer.write(part);
      }
    }
    move(fresh, file);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Moves what a trial leaves behind to its place and removes everything else of its attempts, as
   * far as that can be done: a loser may still be writing, whose end clears it again. The last
   * checkpoint of a trial that was stopped stays.
   *
   * @throws FileNotFoundException if a file that its worker named is nowhere
   * @throws IOException if it cannot be moved
   */
  void place(TrialId trial, End end) throws IOException {
    Path attempts = folder(trial.sweep()).resolve(ATTEMPTS).resolve(trial.folder());
    if (!end.files().isEmpty()) {
      Path place = folder(trial.sweep()).resolve("trials").resolve(trial.folder());
      Path source = results.resolve(end.folder()).normalize();
      if (!source.startsWith(attempts.normalize()) || source.equals(attempts.normalize())) {
        throw new FileNotFoundException(end.folder() + ": is no folder of an attempt at " + trial);
      }
      boolean moved = !Files.isDirectory(source) && Files.isDirectory(place);
      require(moved ? place : source, end);
      if (!moved) {
        Files.createDirectories(place.getParent());
        delete(place);
        Files.move(source, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    try {
      clear(trial, end.outcome() instanceof TrialOutcome.Stopped);
    } catch (IOException e) {
      LOG.warn("left-over files of {} cannot be removed yet", trial, e);
    }
  }

  private static void require(Path folder, End end) throws FileNotFoundException {
    List<String> missing =
        end.files().keySet().stream()
            .filter(name -> !Files.isRegularFile(folder.resolve(name)))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw new FileNotFoundException("%s lacks %s".formatted(folder, String.join(", ", missing)));
    }
  }

  /**
   * Makes sure that completed trials have their folders.
   *
   * @throws FileNotFoundException if some are gone, with what can be done
   */
  void requirePlaced(List<TrialId> completed) throws FileNotFoundException {
    List<TrialId> gone =
        completed.stream()
            .filter(
                id -> !Files.isDirectory(folder(id.sweep()).resolve("trials").resolve(id.folder())))
            .toList();
    if (!gone.isEmpty()) {
      throw new FileNotFoundException(
          "%d completed trials have no files in %s any more, the first is %s; put them back, or train again under another name or with another --home. Nothing was queued."
              .formatted(gone.size(), folder(gone.get(0).sweep()).resolve("trials"), gone.get(0)));
    }
  }

  /**
   * Removes what attempts at a trial left behind.
   *
   * @param keepCheckpoint whether the last checkpoint stays
   */
  void clear(TrialId trial, boolean keepCheckpoint) throws IOException {
    Path attempts = folder(trial.sweep()).resolve(ATTEMPTS).resolve(trial.folder());
    if (!keepCheckpoint || !Files.isRegularFile(attempts.resolve(CHECKPOINT))) {
      delete(attempts);
      return;
    }
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(attempts, entry -> !entry.endsWith(CHECKPOINT))) {
      for (Path entry : entries) {
        delete(entry);
        Files.deleteIfExists(entry);
      }
    }
  }

  // A loser may still be writing, so a file that comes or goes meanwhile is no trouble.
  private static void delete(Path tree) throws IOException {
    if (!Files.isDirectory(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
