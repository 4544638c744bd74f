package dev.elbow.cli;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A folder as people give it: a path, or the URI of a file system that this JVM has. */
final class FolderText implements ITypeConverter<Path> {
  private static final String URI_FORM = "[a-zA-Z][a-zA-Z0-9+.-]+:.*";

  @Override
  public Path convert(String text) {
    try {
      return text.matches(URI_FORM) ? Path.of(URI.create(text)) : Path.of(text);
    } catch (FileSystemNotFoundException | IllegalArgumentException e) {
      throw refusal(text, e);
    }
  }

  private static TypeConversionException refusal(String text, RuntimeException e) {
    String schemes =
        FileSystemProvider.installedProviders().stream()
            .map(FileSystemProvider::getScheme)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return new TypeConversionException(
        "found '%s', expected a folder, or a URI of a file system that is installed (%s): %s"
            .formatted(text, schemes, e.getMessage()));
  }
}
