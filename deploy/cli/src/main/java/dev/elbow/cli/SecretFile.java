package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** A file that whoever else is on this machine must not read. */
final class SecretFile {
  // A group may: that is how secrets reach the user of a container.
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * Its text.
   *
   * @param option that names it
   * @throws CommandException if it cannot be read, or by everybody
   */
  static String read(String option, Path file) throws CommandException {
    String text = readOpen(option, file);
    if (isEverybodys(file)) {
      throw CommandException.badInput(
          List.of(
              "%s: everybody on this machine may read %s, expected its owner alone (chmod 600)"
                  .formatted(option, file)));
    }
    return text;
  }

  /** The same of a file that everybody may read. */
  static String readOpen(String option, Path file) throws CommandException {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw CommandException.badInput(
          List.of("%s: %s cannot be read: %s".formatted(option, file, e)));
    }
  }

  private static boolean isEverybodys(Path file) throws CommandException {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (UnsupportedOperationException e) {
      return false; // a system that knows no others
    } catch (IOException e) {
      throw CommandException.system("%s: who may read it cannot be told: %s".formatted(file, e), e);
    }
  }
}
