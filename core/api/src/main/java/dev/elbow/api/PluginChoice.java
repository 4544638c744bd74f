package dev.elbow.api;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.plugin.Options;

/**
 * A plugin and all its options.
 *
 * @param plugin its name
 * @param options complete, defaults filled in
 */
public record PluginChoice(String plugin, Options options) {
  public PluginChoice {
    requireNonNull(plugin, "plugin is null");
    requireNonNull(options, "options is null");
  }
}
