package dev.elbow.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the models of a sweep come from: what their descriptions say, and hashes of files.
 *
 * @param folder of the sweep
 * @param trials what {@code trial.json} says, by trial
 */
record Provenance(Path folder, Map<Integer, JsonNode> trials) {
  private static final List<String> FILES = List.of("sweep.yaml", "results.csv");
  private static final List<String> MODELS = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");

  /**
   * By name; where trials differ, every value there is.
   *
   * @param best the trial whose models are hashed
   * @throws IOException if a file cannot be read
   */
  Map<String, String> facts(Optional<Row> best) throws IOException {
    Map<String, Set<String>> all = new LinkedHashMap<>();
    for (JsonNode trial : trials.values()) {
      trial.path("versions").properties().forEach(e -> add(all, e.getKey(), e.getValue()));
      trial.path("plugins").properties().forEach(e -> addPlugin(all, e));
      add(all, "processor", trial.path("processor"));
      add(all, "targets", trial.at("/data/targets"));
      add(all, "data SHA-256", trial.at("/data/sha256"));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    all.forEach((name, values) -> facts.put(name, String.join("; ", values)));
    for (String file : hashed(best)) {
      facts.put(file + " SHA-256", sha256(folder.resolve(file)));
    }
    return facts;
  }

  private static void add(Map<String, Set<String>> all, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      all.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value.asText());
    }
  }

  private static void addPlugin(Map<String, Set<String>> all, Map.Entry<String, JsonNode> plugin) {
    String version = plugin.getValue().path("version").asText();
    String hash = plugin.getValue().path("sha256").asText();
    all.computeIfAbsent(plugin.getKey(), key -> new LinkedHashSet<>())
        .add(hash.isEmpty() ? version : version + ", SHA-256 of its jar " + hash);
  }

  private List<String> hashed(Optional<Row> best) {
    List<String> files = new ArrayList<>(FILES);
    best.ifPresent(
        row -> MODELS.forEach(model -> files.add("trials/%04d/%s".formatted(row.trial(), model))));
    files.removeIf(file -> !Files.isRegularFile(folder.resolve(file)));
    return files;
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(FileContent.read(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
