package dev.elbow.coordinator.sweep;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import java.nio.file.Path;

/**
 * Reads sweep files: YAML 1.2 or JSON, and {@code trial.json}. Immutable and thread-safe.
 *
 * <p>Checks everything that can be known before training, data files and the shapes of every model
 * included, and reports all problems at once. Blocks while it reads data files.
 */
public final class SweepReader {
  /** How large a sweep file may be. */
  public static final int LARGEST_FILE_BYTES = 1 << 20;

  /**
   * @param catalog the plugins that a sweep may name
   * @param data the folder below which it may name files
   */
  public SweepReader(Catalog catalog, DataFolder data) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Reads a file; that it cannot be read is a problem like others. */
  public Reading read(Path file) {
    throw new UnsupportedOperationException("in the making");
  }

  /**
   * Reads the content of a file.
   *
   * @param source its name, for messages
   */
  public Reading read(String source, byte[] content) {
    throw new UnsupportedOperationException("in the making");
  }
}
