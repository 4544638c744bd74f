package dev.elbow.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A sweep over {@link TinyImages} that trains in seconds; each section can be replaced. */
final class TinySweep {
  private final Map<String, String> sections = new LinkedHashMap<>();

  private TinySweep(String name) {
    sections.put("name", name);
    sections.put("dataset", "{plugin: idx, path: tiny}");
    sections.put("encoder", "{plugin: dense, hidden: [16]}");
    sections.put("decoder", "{plugin: dense, hidden: [16]}");
    sections.put("objective", "{plugin: elbo, likelihood: bernoulli}");
    sections.put("training", "{epochs: 2, batchSize: 64}");
    sections.put("parameters", "{latent: 3, beta: {values: [0.5, 2]}, learningRate: 0.002}");
    sections.put("search", "{plugin: grid}");
    sections.put("seeds", "[1, 2]");
  }

  /** Two configurations, two seeds, two epochs. */
  static TinySweep named(String name) {
    return new TinySweep(name);
  }

  /** The same with another section. */
  TinySweep with(String section, String yaml) {
    TinySweep changed = new TinySweep(sections.get("name"));
    changed.sections.putAll(sections);
    changed.sections.put(section, yaml);
    return changed;
  }

  /** As it stands in a file: one section a line, in the order of the contract. */
  String yaml() {
    return sections.entrySet().stream()
        .map(section -> section.getKey() + ": " + section.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Writes it to {@code folder} and returns the file. */
  Path write(Path folder) throws IOException {
    return Files.writeString(folder.resolve("sweep.yaml"), yaml());
  }
}
