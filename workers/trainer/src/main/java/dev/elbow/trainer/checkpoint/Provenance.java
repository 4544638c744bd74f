package dev.elbow.trainer.checkpoint;

import java.util.List;

/**
 * What decides, besides the trial, which bits training gives. A checkpoint is continued only where
 * all of it is the same.
 *
 * @param engine name and version
 * @param processor its type
 * @param plugins each that the trial names, with version and SHA-256
 */
public record Provenance(String engine, String processor, List<String> plugins) {
  public Provenance {
    plugins = List.copyOf(plugins);
  }
}
