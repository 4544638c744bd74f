package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.PluginException;
import java.nio.file.Path;

/** The installed plugins, or the reason why there are none to work with. */
final class Plugins {
  private Plugins() {}

  /** Those of the class path and of {@code folder}. */
  static Catalog load(Path folder) throws CommandException {
    try {
      return Catalog.load(folder);
    } catch (PluginException e) {
      throw CommandException.system(e.getMessage(), e);
    }
  }
}
