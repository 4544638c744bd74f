package dev.elbow.catalog;

import dev.elbow.api.plugin.Plugin;
import java.util.Optional;

/**
 * A plugin and where it comes from.
 *
 * @param version of its jar's manifest ({@code Implementation-Version}); {@code unknown} if it has
 *     none
 * @param source the jar or folder; a class path entry for built-in plugins
 * @param sha256 of the jar, in lower-case hexadecimal; empty for a folder
 */
public record InstalledPlugin<P extends Plugin>(
    Kind<P> kind, P plugin, String version, String source, Optional<String> sha256) {
  /** How a worker announces it: {@code encoder/dense}. */
  public String announced() {
    return kind.name() + "/" + plugin.name();
  }
}
