package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks at the data that a sweep names, at each dataset once. For one sweep. */
final class DataCheck {
  private static final int MOST_DATASETS = 100;

  private final Catalog catalog;
  private final DataFolder folder;
  private final Mapping root;
  private final Problems problems;
  private final Map<PluginChoice, Optional<DatasetDescription>> seen = new HashMap<>();
  private final Map<PluginChoice, String> hashes = new HashMap<>();

  DataCheck(Catalog catalog, DataFolder folder, Mapping root, Problems problems) {
    this.catalog = catalog;
    this.folder = folder;
    this.root = root;
    this.problems = problems;
  }

  Map<PluginChoice, String> hashes() {
    return Map.copyOf(hashes);
  }

  /** What a dataset holds, or empty and a problem. */
  Optional<DatasetDescription> describe(PluginChoice choice) {
    Optional<DatasetDescription> known = seen.get(choice);
    if (known == null && seen.size() == MOST_DATASETS) {
      refuse(choice, "more than %d different datasets in one sweep".formatted(MOST_DATASETS));
      return Optional.empty();
    }
    if (known == null) {
      known = look(choice);
      seen.put(choice, known);
    }
    return known;
  }

  private Optional<DatasetDescription> look(PluginChoice choice) {
    Dataset dataset = catalog.find(Kind.DATASET, choice.plugin()).orElseThrow();
    try {
      DatasetDescription description = dataset.describe(choice.options(), folder);
      hashes.put(choice, dataset.sha256(choice.options(), folder));
      return Optional.of(description);
    } catch (DatasetException e) {
      refuse(choice, e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      refuse(choice, "dataset '%s' failed: %s".formatted(choice.plugin(), e));
    }
    return Optional.empty();
  }

  // What a dataset complains of is nearly always a path, so the first text stands for the place.
  private void refuse(PluginChoice choice, String message) {
    Entry section = root.entries().get(Section.DATASET.name());
    String place = Section.DATASET.name();
    Position at = section == null ? Position.NONE : section.at();
    if (section != null && section.value() instanceof Mapping mapping) {
      at = mapping.at();
      for (Map.Entry<String, Entry> option : mapping.entries().entrySet()) {
        Object value = choice.options().values().get(option.getKey());
        if (value instanceof String text && message.contains(text)) {
          problems.add(option.getValue().value().at(), place + "." + option.getKey(), message);
          return;
        }
      }
    }
    problems.add(at, place, message);
  }
}
