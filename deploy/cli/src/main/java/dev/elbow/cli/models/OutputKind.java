package dev.elbow.cli.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What is written, told by the name of it. */
enum OutputKind {
  PICTURE("a .png file"),
  ARRAY("a .npy file"),
  TABLE("a .csv file"),
  CODES("an .elbc file"),
  FOLDER("a folder (a name without an ending)");

  private final String words;

  OutputKind(String words) {
    this.words = words;
  }

  static Optional<OutputKind> of(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    if (Files.isDirectory(path) || !name.contains(".")) {
      return Optional.of(FOLDER);
    }
    String ending = name.substring(name.lastIndexOf('.')).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case ".png" -> Optional.of(PICTURE);
      case ".npy" -> Optional.of(ARRAY);
      case ".csv" -> Optional.of(TABLE);
      case ".elbc" -> Optional.of(CODES);
      default -> Optional.empty();
    };
  }

  /** For messages. */
  String words() {
    return words;
  }
}
