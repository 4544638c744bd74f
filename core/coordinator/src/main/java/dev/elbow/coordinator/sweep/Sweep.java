package dev.elbow.coordinator.sweep;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A checked sweep: what its file says, and each of its trials on demand. Immutable, thread-safe.
 */
public final class Sweep {
  /** How many trials a sweep may have. */
  public static final int MOST_TRIALS = 1_000_000;

  static final String DATA = "data";
  static final String SHA256 = "sha256";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Definition definition;
  private final Configurations configurations;
  private final Map<PluginChoice, String> dataHashes;
  private final Optional<Cost> cost;
  private final String text;
  private final List<String> columns;
  private final List<String> scoreColumns;

  /**
   * @param dataHashes SHA-256 of every dataset that a configuration names
   * @param cost empty if the models were not looked at
   * @param text of the file
   */
  Sweep(
      Definition definition,
      Configurations configurations,
      Map<PluginChoice, String> dataHashes,
      Optional<Cost> cost,
      String text) {
    this.definition = definition;
    this.configurations = configurations;
    this.dataHashes = Map.copyOf(dataHashes);
    this.cost = cost;
    this.text = text;
    this.columns = definition.columns();
    this.scoreColumns = definition.scoreColumns();
  }

  /** Unique among the sweeps of a results folder. */
  public String name() {
    return definition.name();
  }

  /** The names of the parameters that vary, in file order: columns of tables. */
  public List<String> columns() {
    return columns;
  }

  /** The seeds, each of which every configuration is trained with. */
  public List<Long> seeds() {
    return definition.seeds();
  }

  /** The columns of the scores by which its trained models are judged, in file order. */
  public List<String> scoreColumns() {
    return scoreColumns;
  }

  /** What its file says of it; empty text if it says nothing. */
  public String description() {
    return definition.description();
  }

  /** What its file is tagged with; decides nothing. */
  public List<String> tags() {
    return definition.tags();
  }

  /** What decides which trial is best. */
  public Goal goal() {
    return definition.goal();
  }

  /** How many trials there are: configurations times seeds. */
  public int trialCount() {
    return Math.toIntExact(configurations.count() * seeds().size());
  }

  /**
   * A trial, computed anew at each call. Configurations come in the order of the search, and of
   * each the seeds in the order of the file.
   *
   * @param number from 1 to {@link #trialCount}
   */
  public Trial trial(int number) {
    Map<String, Object> values = values(number);
    Map<List<String>, Object> chosen = configurations.byPath(values);
    Blueprint blueprint = definition.blueprint();
    PluginChoice data = blueprint.plugin(Section.DATASET, chosen);
    return new Trial(
        new TrialId(name(), number),
        varied(values),
        seed(number),
        new DatasetChoice(
            data, blueprint.validation(chosen), dataHash(data), blueprint.without(chosen)),
        blueprint.plugin(Section.ENCODER, chosen),
        blueprint.plugin(Section.DECODER, chosen),
        blueprint.plugin(Section.OBJECTIVE, chosen),
        blueprint.latent(chosen),
        blueprint.training(chosen),
        definition.scores());
  }

  /** The values of the parameters that vary of a trial: far less work than the whole of it. */
  public Map<String, Object> parameters(int number) {
    return varied(values(number));
  }

  /** The seed of a trial. */
  public long seed(int number) {
    return seeds().get((number - 1) % seeds().size());
  }

  /**
   * What the file alone says of a trial.
   *
   * @param parameters the values of those that vary
   * @param yardstick what its losses are measured by
   */
  public record Given(Map<String, Object> parameters, Yardstick yardstick) {}

  /** That of every trial, by number; far less work than to look at each. */
  public List<Given> given() {
    Yardsticks yardsticks = new Yardsticks(definition.blueprint());
    List<Given> given = new ArrayList<>(trialCount());
    for (long index = 0; index < configurations.count(); index++) {
      Map<String, Object> values = configurations.values(index);
      Yardstick yardstick = yardsticks.of(configurations.byPath(values));
      given.addAll(Collections.nCopies(seeds().size(), new Given(varied(values), yardstick)));
    }
    return given;
  }

  private Map<String, Object> values(int number) {
    if (number < 1 || number > trialCount()) {
      throw new IllegalArgumentException(
          "trial %d of sweep '%s', which has trials 1 to %d"
              .formatted(number, name(), trialCount()));
    }
    return configurations.values((number - 1) / seeds().size());
  }

  private Map<String, Object> varied(Map<String, Object> values) {
    Map<String, Object> varied = new LinkedHashMap<>();
    columns.stream()
        .filter(values::containsKey)
        .forEach(column -> varied.put(column, values.get(column)));
    return varied;
  }

  private String dataHash(PluginChoice data) {
    return requireNonNull(dataHashes.get(data), () -> "no hash is known of " + data);
  }

  /** What it will take; empty for a sweep from the log, whose models were looked at before. */
  public Optional<Cost> cost() {
    return cost;
  }

  /** Sentences for people about what is not as one might think; empty mostly. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>();
    goal().notice().ifPresent(notices::add);
    cost.filter(known -> !known.complete())
        .ifPresent(
            known ->
                notices.add(
                    "Only the first %,d different models were checked."
                        .formatted(known.structures().size())));
    return notices;
  }

  /** The keys in which another sweep differs, as dotted paths; empty if it is the same sweep. */
  public List<String> differences(Sweep other) {
    List<String> differences =
        Differences.between(definition.canonical(), other.definition.canonical());
    if (differences.isEmpty() && !dataHashes.equals(other.dataHashes)) {
      return List.of("dataset (its content has changed)");
    }
    return differences;
  }

  /** The file as it was given; for a sweep from the log, one that says the same. */
  public String text() {
    return text;
  }

  /**
   * The sweep as JSON with every default and the hashes of the data written out, from which {@link
   * SweepReader#restore} makes it again.
   */
  public String document() {
    Map<String, Object> document = new LinkedHashMap<>(definition.canonical());
    document.putAll(definition.notes());
    document.put(DATA, dataHashes.entrySet().stream().map(Sweep::hash).toList());
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a sweep is made of plain values", e);
    }
  }

  private static Map<String, Object> hash(Map.Entry<PluginChoice, String> hash) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put(Section.PLUGIN, hash.getKey().plugin());
    plain.put("options", hash.getKey().options().values());
    plain.put(SHA256, hash.getValue());
    return plain;
  }

  /** The SHA-256 of its data; of several datasets one after the other, in alphabetical order. */
  public String dataSha256() {
    return dataHashes.values().stream().sorted().distinct().collect(Collectors.joining(" "));
  }
}
