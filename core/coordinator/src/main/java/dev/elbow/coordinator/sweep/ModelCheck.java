package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.sweep.Cost.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the data and describes every different model of a sweep, so that what cannot be trained
 * is refused. For one sweep.
 */
final class ModelCheck {
  private static final Set<String> EFFORT = Set.of("epochs", "steps", "batchSize");
  private static final int MOST_PROBLEMS = 10;

  private final Definition definition;
  private final Configurations configurations;
  private final DataCheck data;
  private final Models models;
  private final FigureCheck figures;
  private final ScoreCheck scores;
  private final Problems problems;

  /**
   * @param root of the file, for the places of problems
   */
  ModelCheck(
      Definition definition,
      Configurations configurations,
      Catalog catalog,
      DataFolder folder,
      Value.Mapping root,
      Problems problems) {
    this.definition = definition;
    this.configurations = configurations;
    this.data = new DataCheck(catalog, folder, root, problems);
    this.models = new Models(catalog, root, problems);
    this.figures = new FigureCheck(definition, catalog, root, problems);
    this.scores = new ScoreCheck(catalog, root, problems);
    this.problems = problems;
  }

  /** Configurations that have the same model, data and amount of training. */
  private record Group(Map<String, Object> values, long configurations) {}

  /** The hashes of all data that is named; complete where there are no problems. */
  Map<PluginChoice, String> dataHashes() {
    return data.hashes();
  }

  /** Describes the models; what cannot be is added to the problems. */
  Cost check() {
    long count = configurations.count();
    Map<Map<String, Object>, Long> groups = groups(count);
    List<Structure> structures = new ArrayList<>();
    double effort = 0;
    int before = problems.count();
    long seen = 0;
    for (Map.Entry<Map<String, Object>, Long> entry : groups.entrySet()) {
      if (problems.count() - before >= MOST_PROBLEMS) {
        break;
      }
      Group group = new Group(entry.getKey(), entry.getValue());
      effort += effort(group, structures);
      seen += group.configurations();
    }
    boolean complete = seen == count;
    double all = complete || seen == 0 ? effort : effort * count / seen;
    return new Cost(structures, all * definition.seeds().size(), complete);
  }

  private Map<Map<String, Object>, Long> groups(long count) {
    Map<Map<String, Object>, Long> groups = new LinkedHashMap<>();
    if (configurations.paths().values().stream().noneMatch(this::decidesModel)) {
      return Map.of(Map.of(), count);
    }
    Set<Map<String, Object>> datasets = new HashSet<>();
    for (long index = 0; index < count; index++) {
      Map<String, Object> values = configurations.values(index);
      look(values, datasets);
      values.keySet().removeIf(name -> !decidesModel(configurations.paths().get(name)));
      if (groups.size() < Cost.MOST_STRUCTURES || groups.containsKey(values)) {
        groups.merge(values, 1L, Long::sum);
      }
    }
    return groups;
  }

  // However many models there are: a trial needs the hash of its data.
  private void look(Map<String, Object> values, Set<Map<String, Object>> datasets) {
    Map<String, Object> chosen = new LinkedHashMap<>(values);
    chosen
        .keySet()
        .removeIf(name -> !configurations.paths().get(name).get(0).equals(Section.DATASET.name()));
    if (datasets.add(chosen)) {
      data.describe(definition.blueprint().plugin(Section.DATASET, configurations.byPath(chosen)));
    }
  }

  private double effort(Group group, List<Structure> structures) {
    Map<List<String>, Object> chosen = configurations.byPath(group.values());
    Blueprint blueprint = definition.blueprint();
    PluginChoice dataset = blueprint.plugin(Section.DATASET, chosen);
    Optional<DatasetDescription> description = data.describe(dataset);
    Optional<Models.Size> size =
        description.flatMap(known -> models.size(known, blueprint, chosen, varied(group.values())));
    description.ifPresent(known -> data.checkWithout(known, blueprint.without(chosen)));
    description.ifPresent(known -> scores.check(known, blueprint, chosen));
    if (size.isEmpty()) {
      return 0;
    }
    figures.check(description.get().image(), chosen);
    long trials = group.configurations() * definition.seeds().size();
    structures.add(
        new Structure(
            varied(group.values()), size.get().weights(), size.get().multiplyAdds(), trials));
    long images =
        Effort.images(blueprint.training(chosen), description.get(), blueprint.validation(chosen));
    return 3.0 * size.get().multiplyAdds() * images * group.configurations();
  }

  private Map<String, Object> varied(Map<String, Object> values) {
    Map<String, Object> varied = new LinkedHashMap<>(values);
    varied.keySet().retainAll(definition.columns());
    return varied;
  }

  private boolean decidesModel(List<String> path) {
    if (path.get(0).equals(Section.TRAINING.name())) {
      return EFFORT.contains(path.get(1));
    }
    return !figures.figure(path);
  }
}
