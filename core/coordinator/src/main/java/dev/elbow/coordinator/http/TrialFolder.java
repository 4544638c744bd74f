package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of trials that may be fetched: those that a worker writes, by name, and none that a
 * link leads to. Blocks; thread-safe.
 *
 * @param results folder that holds one folder a sweep
 */
record TrialFolder(Path results) {
  /** The type of each file, by name. */
  static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("trial.json", "application/json"),
          Map.entry("MODEL_CARD.md", "text/markdown; charset=utf-8"),
          Map.entry("metrics.csv", "text/csv; charset=utf-8"),
          Map.entry("latents.csv", "text/csv; charset=utf-8"),
          Map.entry(RatePoints.FILE, "text/csv; charset=utf-8"),
          Map.entry("encoder.onnx", "application/octet-stream"),
          Map.entry("decoder.onnx", "application/octet-stream"),
          Map.entry("vae.onnx", "application/octet-stream"),
          Map.entry("weights.safetensors", "application/octet-stream"),
          Map.entry("reconstructions.png", "image/png"),
          Map.entry("samples.png", "image/png"),
          Map.entry("traversals.png", "image/png"));

  /** Those that a trial has in alphabetical order, with their sizes in bytes. */
  Map<String, Long> sizes(TrialId trial) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (String name : TYPES.keySet().stream().sorted().toList()) {
      size(trial, name).ifPresent(size -> sizes.put(name, size));
    }
    return sizes;
  }

  private Optional<Long> size(TrialId trial, String name) {
    try {
      Optional<Path> file = find(trial, name);
      return file.isPresent() ? Optional.of(Files.size(file.get())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A file of a trial; empty if it has none of that name.
   *
   * @throws IOException if the folder cannot be read
   */
  Optional<Path> find(TrialId trial, String name) throws IOException {
    Path place = Path.of(trial.sweep(), "trials", trial.folder());
    Path folder = results.resolve(place.toString());
    if (!TYPES.containsKey(name) || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Path file = folder.resolve(name);
    boolean own = folder.toRealPath().equals(results.toRealPath().resolve(place.toString()));
    return own && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(file)
        : Optional.empty();
  }
}
