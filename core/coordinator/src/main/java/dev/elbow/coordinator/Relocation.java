package dev.elbow.coordinator;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Moves what was written whole: at once where the file system can, otherwise, as in an object
 * store, as copies of whole files. Blocks.
 */
public final class Relocation {
  /** Comes last of a trial's files, so that who finds it finds the others. */
  private static final String LAST = "trial.json";

  private Relocation() {}

  /** Puts a file in the place of another: whoever reads finds either, never a part. */
  public static void replace(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      if (isOnDisk(from)) {
        throw e;
      }
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Makes a folder with these files of another. The other may be left, with all its files, so that
   * this can be repeated after a crash anywhere.
   */
  public static void folder(Path from, Path to, Collection<String> files) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      if (isOnDisk(from)) {
        throw e;
      }
      copy(from, to, files);
    }
  }

  // A file that is copied on a disk can be seen half copied; an object store shows it when it is
  // whole.
  private static boolean isOnDisk(Path path) {
    return path.getFileSystem() == FileSystems.getDefault();
  }

  private static void copy(Path from, Path to, Collection<String> files) throws IOException {
    Files.createDirectories(to);
    List<String> inOrder =
        files.stream().sorted(Comparator.comparing((String file) -> file.equals(LAST))).toList();
    for (String file : inOrder) {
      Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
