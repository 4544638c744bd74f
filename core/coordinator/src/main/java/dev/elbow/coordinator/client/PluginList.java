package dev.elbow.coordinator.client;

import java.util.List;
import java.util.Optional;

/**
 * Answer to {@code GET /api/plugins}: what this coordinator has installed.
 *
 * @param plugins by kind and name
 */
public record PluginList(List<PluginStatus> plugins) {
  public PluginList {
    plugins = List.copyOf(plugins);
  }

  /**
   * A plugin.
   *
   * @param kind the section of a sweep file that names it
   * @param name by which it does
   * @param description what it does, in one sentence
   * @param version of its jar, or {@code unknown}
   * @param jar the file name of what it comes from
   * @param sha256 of the jar; empty for a folder
   * @param options in the order in which people are shown them
   */
  public record PluginStatus(
      String kind,
      String name,
      String description,
      String version,
      String jar,
      Optional<String> sha256,
      List<OptionStatus> options) {}

  /**
   * An option of a plugin.
   *
   * @param name its key
   * @param accepts for people: {@code an integer from 1 to 4096}
   * @param required whether a sweep has to give it
   * @param defaultValue that it has otherwise; empty where it is required
   * @param meaning one sentence, with the unit if there is one
   */
  public record OptionStatus(
      String name,
      String accepts,
      boolean required,
      Optional<Object> defaultValue,
      String meaning) {}
}
