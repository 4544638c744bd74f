package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.LoggedTrial.End;
import dev.elbow.coordinator.ledger.LoggedTrial.Left;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.ScoreTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
  private static final String BIN = ".deleted";

  /** What is kept of a trial that is pruned. */
  static final Set<String> KEPT = Set.of("trial.json", "metrics.csv");

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
   * @param scores that trials ended with
   * @param text of the sweep file, which is written if it is missing
   */
  void write(String sweep, Iterable<String> lines, ScoreTable scores, String text)
      throws IOException {
    Path folder = Files.createDirectories(folder(sweep));
    try (TableLock lock = TableLock.of(folder)) {
      replace(folder.resolve("results.csv"), scores.with(later(folder)).joined(lines));
    }
    if (!Files.exists(folder.resolve("sweep.yaml"))) {
      replace(folder.resolve("sweep.yaml"), List.of(text));
    }
  }

  // Somebody may have edited them, and the table of results does not wait for that.
  private static ScoreTable later(Path folder) {
    try {
      return ScoreTable.read(folder);
    } catch (IOException e) {
      LOG.warn("results.csv lacks scores: {}", e.getMessage());
      return new ScoreTable();
    }
  }

  private static void replace(Path file, Iterable<String> parts) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      for (String part : parts) {
        writer.write(part);
      }
    }
    Relocation.replace(fresh, file);
  }

  /**
   * Moves what a trial leaves behind to its place and removes everything else of its attempts, the
   * checkpoint of one that was stopped excepted, as far as that can be done: a loser may still be
   * writing, whose end clears it again.
   *
   * @throws FileNotFoundException if a file that its worker named is nowhere
   * @throws IOException if it cannot be moved
   */
  void place(TrialId trial, End end) throws IOException {
    if (end.left().isPresent()) {
      Left left = end.left().get();
      place(trial, source(trial, left), left.files());
    }
    try {
      clear(trial, end.outcome() instanceof TrialOutcome.Stopped);
    } catch (IOException e) {
      LOG.warn("left-over files of {} cannot be removed yet", trial, e);
    }
  }

  // Compared as text: an object store takes ".." for the name of a folder.
  private Path source(TrialId trial, Left left) throws FileNotFoundException {
    Path told = Path.of(left.folder()).normalize();
    Path attempts = Path.of(trial.sweep(), ATTEMPTS, trial.folder());
    if (!told.startsWith(attempts) || told.equals(attempts)) {
      throw new FileNotFoundException(left.folder() + ": is no folder of an attempt at " + trial);
    }
    return results.resolve(told.toString());
  }

  private void place(TrialId trial, Path source, Map<String, String> files) throws IOException {
    Path place = folder(trial.sweep()).resolve("trials").resolve(trial.folder());
    if (missing(source, files).isEmpty()) {
      Files.createDirectories(place.getParent());
      removeEarlier(place);
      Relocation.folder(source, place, files.keySet());
    } else if (!isPlaced(source, place, files)) {
      boolean gone = !Files.isDirectory(source) && Files.isDirectory(place);
      Path lacking = gone ? place : source;
      throw new FileNotFoundException(
          "%s lacks %s".formatted(lacking, String.join(", ", missing(lacking, files))));
    }
  }

  // Where files are moved one by one, a coordinator may have died while it removed what it had
  // copied.
  private static boolean isPlaced(Path source, Path place, Map<String, String> files)
      throws IOException {
    return missing(place, files).isEmpty()
        && (!Files.isDirectory(source) || new FileTree(place).has(files));
  }

  // What is no folder is nobody's of Elbow's, and not for it to remove.
  private static void removeEarlier(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      new FileTree(place).delete();
    }
  }

  private static List<String> missing(Path folder, Map<String, String> files) {
    return files.keySet().stream()
        .filter(name -> !Files.isRegularFile(folder.resolve(name)))
        .sorted()
        .toList();
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
   * Removes what attempts at a trial that is over left behind.
   *
   * @param keepsCheckpoint whether the trial may go on one day where it was
   */
  void clear(TrialId trial, boolean keepsCheckpoint) throws IOException {
    attempts(trial).deleteExcept(keepsCheckpoint ? Set.of(CHECKPOINT) : Set.of());
  }

  private FileTree attempts(TrialId trial) {
    return new FileTree(folder(trial.sweep()).resolve(ATTEMPTS).resolve(trial.folder()));
  }

  /** The trials of a sweep of whose attempts something is there. */
  List<TrialId> attempted(String sweep) throws IOException {
    Path attempts = folder(sweep).resolve(ATTEMPTS);
    if (!Files.isDirectory(attempts)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(attempts)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("[0-9]{4,9}") && Integer.parseInt(name) > 0)
          .map(name -> new TrialId(sweep, Integer.parseInt(name)))
          .toList();
    }
  }

  /** What a whole sweep takes up. */
  Usage usage(String sweep) throws IOException {
    Usage all = new FileTree(folder(sweep)).usageExcept(Set.of());
    Path trials = folder(sweep).resolve("trials");
    if (!Files.isDirectory(trials)) {
      return new Usage(0, all.files(), all.sizeBytes());
    }
    try (Stream<Path> folders = Files.list(trials)) {
      return new Usage((int) folders.count(), all.files(), all.sizeBytes());
    }
  }

  /**
   * Removes a sweep that was deleted. Its folder is moved aside first: whoever looks sees it whole
   * or not at all, and the name is free though there is much to remove.
   */
  void delete(String sweep) throws IOException {
    Path folder = folder(sweep);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Path aside = aside(sweep);
      try {
        Files.createDirectories(aside.getParent());
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | UnsupportedOperationException e) {
        // Not every file system can, and a folder that is a mount point stays where it is.
        LOG.debug("{} cannot be moved aside", folder, e);
        new FileTree(folder).delete();
      }
    }
    emptyBin();
  }

  private Path aside(String sweep) {
    return results.resolve(BIN).resolve(sweep + "-" + UUID.randomUUID());
  }

  /** Removes what was moved aside, by earlier coordinators too. */
  void emptyBin() throws IOException {
    Path bin = results.resolve(BIN);
    if (!Files.isDirectory(bin)) {
      return;
    }
    try (Stream<Path> folders = Files.list(bin)) {
      for (Path folder : folders.toList()) {
        new FileTree(folder).delete();
      }
    }
    Files.deleteIfExists(bin);
  }

  /**
   * Removes what a worker has written into the folder of a sweep that was gone; leaves a folder
   * alone in which there is anything else.
   */
  void clearDeleted(String sweep) throws IOException {
    Path folder = folder(sweep);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (!entries.allMatch(entry -> entry.getFileName().toString().equals(ATTEMPTS))) {
        return;
      }
    }
    new FileTree(folder).delete();
  }

  /** What {@link #prune} would remove of trials of a sweep. */
  Usage prunable(String sweep, List<Integer> numbers) throws IOException {
    Usage all = Usage.NONE;
    for (int number : numbers) {
      all = all.plus(place(new TrialId(sweep, number)).usageExcept(KEPT));
    }
    return all;
  }

  /** Removes all files of a trial but its description and its curve. */
  void prune(TrialId trial) throws IOException {
    place(trial).deleteExcept(KEPT);
  }

  private FileTree place(TrialId trial) {
    return new FileTree(folder(trial.sweep()).resolve("trials").resolve(trial.folder()));
  }
}
