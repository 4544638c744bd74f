package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Kafka's own settings, from a file because there are passwords among them. */
final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * Reads a file.
   *
   * @param option that names it
   * @param file null for none
   * @throws CommandException if it cannot be read
   */
  static Map<String, String> read(String option, Path file) throws CommandException {
    if (file == null) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw CommandException.badInput(
          List.of("%s: %s cannot be read: %s".formatted(option, file, e)));
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }
}
