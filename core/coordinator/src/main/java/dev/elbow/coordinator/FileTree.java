package dev.elbow.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * A folder with everything below it. Somebody may be writing there meanwhile, so a file that comes
 * or goes is no trouble; a link is one file, whatever it leads to. Blocks.
 */
public record FileTree(Path root) {
  /** Removes it. Nothing happens where there is none. */
  public void delete() throws IOException {
    deleteExcept(Set.of());
  }

  /**
   * Removes everything but the files right in the folder that are called so. The folder itself goes
   * too if nothing is left in it.
   */
  void deleteExcept(Set<String> kept) throws IOException {
    if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(root, new Deletion(kept));
    }
  }

  /** How many files there are and how long they are in all, without those that are called so. */
  Usage usageExcept(Set<String> kept) throws IOException {
    Count count = new Count(kept);
    if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(root, count);
    }
    return new Usage(count.files > 0 ? 1 : 0, count.files, count.bytes);
  }

  /**
   * Whether these files are right in it.
   *
   * @param sha256 of each in lower-case hexadecimal, by name
   */
  public boolean has(Map<String, String> sha256) throws IOException {
    for (Map.Entry<String, String> file : sha256.entrySet()) {
      if (!sha256(root.resolve(file.getKey())).equals(file.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Hash of a file in lower-case hexadecimal. */
  public static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream hashed =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      hashed.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private abstract class Visitor extends SimpleFileVisitor<Path> {
    private final Set<String> kept;

    Visitor(Set<String> kept) {
      this.kept = kept;
    }

    // By the length of its path: the parent of a file is a path with a slash in some file systems.
    final boolean isKept(Path file) {
      return file.getNameCount() == root.getNameCount() + 1
          && kept.contains(file.getFileName().toString());
    }

    @Override
    public final FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  private final class Deletion extends Visitor {
    private boolean hasKept;

    Deletion(Set<String> kept) {
      super(kept);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (isKept(file)) {
        hasKept = true;
      } else {
        Files.deleteIfExists(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      if (!hasKept || !folder.equals(root)) {
        Files.deleteIfExists(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private final class Count extends Visitor {
    private int files;
    private long bytes;

    Count(Set<String> kept) {
      super(kept);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!isKept(file)) {
        files++;
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
