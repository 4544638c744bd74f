package dev.elbow.coordinator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.coordinator.FileTree;
import dev.elbow.coordinator.client.RegisteredModel;
import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of a trial that shall be registered.
 *
 * @param files hash of each, by name
 * @param origin what {@code trial.json} says
 */
record Candidate(Path folder, Map<String, String> files, JsonNode origin) {
  private static final List<String> NEEDED =
      List.of("encoder.onnx", "decoder.onnx", "vae.onnx", "trial.json");

  /**
   * Looks at a folder.
   *
   * @throws RegistryException if it is no trial's, or has no model
   */
  static Candidate in(Path folder) throws IOException, RegistryException {
    List<String> missing =
        NEEDED.stream().filter(name -> !Files.isRegularFile(folder.resolve(name))).toList();
    if (!missing.isEmpty()) {
      throw new RegistryException(
          "%s has no %s, expected the folder of a trial with its model (prune removes models)"
              .formatted(folder, String.join(", ", missing)));
    }
    JsonNode origin = new ObjectMapper().readTree(FileContent.read(folder.resolve("trial.json")));
    if (!origin.at("/trial/sweep").isTextual() || !origin.at("/trial/number").isInt()) {
      throw new RegistryException(
          "%s does not say which trial it is of".formatted(folder.resolve("trial.json")));
    }
    return new Candidate(folder, hashes(folder), origin);
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(all::add);
    }
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : all) {
      String name = file.getFileName().toString();
      if (!name.startsWith(".") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        hashes.put(name, FileTree.sha256(file));
      }
    }
    return hashes;
  }

  /** Hash of the names and hashes of all files, a line each as sha256sum has them. */
  String sha256() {
    StringBuilder list = new StringBuilder();
    files.forEach((name, hash) -> list.append(hash).append("  ").append(name).append('\n'));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(list.toString().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  RegisteredModel as(String name, int version, Instant promoted) {
    Map<String, String> versions = new TreeMap<>();
    origin
        .path("versions")
        .properties()
        .forEach(each -> versions.put(each.getKey(), each.getValue().asText()));
    return new RegisteredModel(
        name,
        version,
        sha256(),
        origin.at("/trial/sweep").asText(),
        String.format(Locale.ROOT, "%04d", origin.at("/trial/number").asInt()),
        origin.at("/data/sha256").asText(),
        versions,
        files,
        promoted.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
