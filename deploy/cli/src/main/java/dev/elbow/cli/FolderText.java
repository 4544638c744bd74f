package dev.elbow.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A folder as people give it: a path, or the URI of a file system that this JVM has. */
final class FolderText implements ITypeConverter<Path> {
  private static final String URI_FORM = "[a-zA-Z][a-zA-Z0-9+.-]+:.*";

  @Override
  public Path convert(String text) {
    try {
      return text.matches(URI_FORM) ? path(URI.create(text)) : Path.of(text);
      // File systems of others may throw whatever they like, for example where no credentials are
      // found.
    } catch (RuntimeException | IOException e) {
      throw refusal(text, e);
    }
  }

  // Some file systems are there when they are asked for, others have to be opened first.
  private static Path path(URI uri) throws IOException {
    try {
      return Path.of(uri);
    } catch (FileSystemNotFoundException e) {
      if (uri.getScheme().equalsIgnoreCase("jar")) {
        throw new IllegalArgumentException("an archive is written when it is closed", e);
      }
      FileSystems.newFileSystem(uri, Map.of());
      return Path.of(uri);
    }
  }

  private static TypeConversionException refusal(String text, Exception e) {
    String schemes =
        FileSystemProvider.installedProviders().stream()
            .map(FileSystemProvider::getScheme)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return new TypeConversionException(
        "found '%s', expected a folder, or a URI of a file system that is installed (%s; ELBOW_CLASS_PATH adds the jars of others): %s"
            .formatted(text, schemes, e.getMessage()));
  }
}
