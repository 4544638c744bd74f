package dev.elbow.coordinator.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.PluginException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sweep files for tests. */
final class SweepFiles {
  static final Catalog CATALOG = catalog();

  /** Needs no data; 4 epochs of the smallest sprites. */
  static final String SMALL =
      """
      name: small
      dataset: {plugin: sprites, orientations: 2, positionsX: 2, positionsY: 2, validation: 0.1}
      encoder: {plugin: dense, hidden: [16]}
      decoder: {plugin: dense, hidden: [16]}
      objective: {plugin: elbo}
      training: {epochs: 4}
      """;

  private SweepFiles() {}

  private static Catalog catalog() {
    try {
      return Catalog.ofClassPath();
    } catch (PluginException e) {
      throw new IllegalStateException(e);
    }
  }

  static Reading read(String text) {
    return read(text, DataFolder.none());
  }

  static Reading read(String text, DataFolder data) {
    return new SweepReader(CATALOG, data).read("s.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The sweep of {@link #SMALL} and {@code more}. */
  static Sweep small(String more) {
    Reading reading = read(SMALL + more);
    assertEquals("", reading.report());
    return reading.sweep().orElseThrow();
  }

  /** The problems of {@link #SMALL} and {@code more}, without the file's name and the last line. */
  static List<String> problems(String more) {
    return problemsOf(SMALL + more);
  }

  static List<String> problemsOf(String text) {
    return read(text).problems().stream().map(problem -> problem.in("").substring(1)).toList();
  }
}
