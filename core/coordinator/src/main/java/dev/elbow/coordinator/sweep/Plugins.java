package dev.elbow.coordinator.sweep;

import dev.elbow.api.plugin.Options;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.List;

/** Looks up the plugins that a file names. */
final class Plugins {
  private Plugins() {}

  /** Whether {@code value} names an installed plugin; otherwise adds a problem that lists them. */
  static boolean known(
      Catalog catalog, Kind<?> kind, Value value, String place, Problems problems) {
    List<String> installed = catalog.names(kind);
    if (installed.contains(value.plain())) {
      return true;
    }
    String name = String.valueOf(value.plain());
    String message = "'%s' is an %s".formatted(name, Options.unknown(kind.name(), name, installed));
    String all = message.endsWith("?") ? " Installed: " + String.join(", ", installed) : "";
    problems.add(value.at(), place, message + all);
    return false;
  }
}
