package dev.elbow.coordinator.sweep;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.plugin.Options;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads sweep files: YAML 1.2 or JSON, and {@code trial.json}. Immutable and thread-safe.
 *
 * <p>Checks everything that can be known before training, data files and the shapes of every model
 * included, and reports all problems at once. Blocks while it reads data files.
 */
public final class SweepReader {
  /** How large a sweep file may be. */
  public static final int LARGEST_FILE_BYTES = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sections without which neither data nor models can be looked at. */
  private static final List<String> NEEDED =
      List.of("dataset", "encoder", "decoder", "objective", "training", "parameters", "search");

  private final Catalog catalog;
  private final DataFolder data;

  /**
   * @param catalog the plugins that a sweep may name
   * @param data the folder below which it may name files
   */
  public SweepReader(Catalog catalog, DataFolder data) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.data = requireNonNull(data, "data is null");
  }

  /** Reads a file; that it cannot be read is a problem like others. */
  public Reading read(Path file) {
    String source = file.toString();
    try {
      if (!Files.isRegularFile(file)) {
        return refused(source, Files.exists(file) ? "is no file" : "does not exist");
      }
      long size = Files.size(file);
      return size > LARGEST_FILE_BYTES
          ? refused(source, tooLarge(size))
          : read(source, FileContent.read(file));
    } catch (IOException e) {
      return refused(source, "cannot be read: " + e);
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param source its name, for messages
   */
  public Reading read(String source, byte[] content) {
    if (content.length > LARGEST_FILE_BYTES) {
      return refused(source, tooLarge(content.length));
    }
    Problems problems = new Problems();
    Optional<Sweep> sweep =
        YamlText.read(content, problems)
            .flatMap(root -> sweep(root, new String(content, StandardCharsets.UTF_8), problems));
    return new Reading(source, problems.isEmpty() ? sweep : Optional.empty(), problems.list());
  }

  private static String tooLarge(long size) {
    return "has %,d bytes, expected at most %,d".formatted(size, LARGEST_FILE_BYTES);
  }

  private static Reading refused(String source, String message) {
    return new Reading(source, Optional.empty(), List.of(Problem.ofFile(message)));
  }

  private Optional<Sweep> sweep(Mapping root, String text, Problems problems) {
    SweepParser parser = new SweepParser(catalog, root, problems);
    Definition definition = parser.parse();
    if (!parser.complete() || NEEDED.stream().anyMatch(problems::touch)) {
      return Optional.empty();
    }
    Configurations configurations = Configurations.of(definition, catalog);
    if (!countable(configurations, definition, root, problems)) {
      return Optional.empty();
    }
    ModelCheck check = new ModelCheck(definition, configurations, catalog, data, root, problems);
    Cost cost = check.check();
    return Optional.of(
        new Sweep(definition, configurations, check.dataHashes(), Optional.of(cost), text));
  }

  private static boolean countable(
      Configurations configurations, Definition definition, Mapping root, Problems problems) {
    int before = problems.count();
    configurations
        .problems()
        .forEach(
            (parameter, message) ->
                problems.add(at(root, parameter), "parameters." + parameter, message));
    if (problems.count() > before) {
      return false;
    }
    long count = configurations.count();
    int seeds = definition.seeds().size();
    if (count < 1 || count > Sweep.MOST_TRIALS / seeds) {
      String place = root.entries().containsKey("parameters") ? "parameters" : "search";
      Entry entry = root.entries().get(place);
      problems.add(
          entry == null ? root.at() : entry.at(),
          place,
          count < 1 ? "no configuration fits" : tooMany(count, seeds));
      return false;
    }
    return true;
  }

  private static String tooMany(long count, int seeds) {
    String configurations =
        count == Long.MAX_VALUE ? "more than can be counted" : "%,d".formatted(count);
    return "%s configurations × %d seeds are too many, expected at most %,d trials"
        .formatted(configurations, seeds, Sweep.MOST_TRIALS);
  }

  private static Position at(Mapping root, String parameter) {
    Value parameters = root.entries().get("parameters").value();
    List<Value> maps =
        parameters instanceof Value.Sequence sequence ? sequence.items() : List.of(parameters);
    return maps.stream()
        .map(map -> ((Mapping) map).entries().get(parameter))
        .filter(java.util.Objects::nonNull)
        .map(entry -> entry.value().at())
        .findFirst()
        .orElse(parameters.at());
  }

  /**
   * Makes a sweep from the log again, without looking at data or models.
   *
   * @param document as {@link Sweep#document} gave it
   * @throws IllegalArgumentException with all problems if it cannot be read, because a plugin is
   *     missing, say
   */
  public Sweep restore(String document) {
    Map<?, ?> plain = parsed(document);
    Mapping root = (Mapping) Value.of(plain);
    Problems problems = new Problems();
    Definition definition = new SweepParser(catalog, root.without(Sweep.DATA), problems).parse();
    if (!problems.isEmpty()) {
      Reading reading = new Reading("sweep", Optional.empty(), problems.list());
      throw new IllegalArgumentException(reading.report());
    }
    Map<PluginChoice, String> hashes = new HashMap<>();
    ((List<?>) plain.get(Sweep.DATA)).forEach(hash -> addHash((Map<?, ?>) hash, hashes));
    Configurations configurations = Configurations.of(definition, catalog);
    return new Sweep(definition, configurations, hashes, Optional.empty(), text(root));
  }

  private static String text(Mapping root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(root.without(Sweep.DATA).plain());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a sweep is made of plain values", e);
    }
  }

  private static Map<?, ?> parsed(String document) {
    try {
      return JSON.readValue(document, Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a sweep in the log is no JSON: " + e.getMessage(), e);
    }
  }

  private void addHash(Map<?, ?> hash, Map<PluginChoice, String> hashes) {
    String plugin = (String) hash.get(Section.PLUGIN);
    Map<String, Object> given = new HashMap<>();
    ((Map<?, ?>) hash.get("options")).forEach((key, value) -> given.put((String) key, value));
    Options options =
        Options.check(catalog.find(Kind.DATASET, plugin).orElseThrow().options(), given).orThrow();
    hashes.put(new PluginChoice(plugin, options), (String) hash.get(Sweep.SHA256));
  }
}
