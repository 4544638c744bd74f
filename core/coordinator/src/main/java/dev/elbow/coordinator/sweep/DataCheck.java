package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.api.plugin.Options;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import dev.elbow.messaging.TrialDocument;
import java.util.HashMap;
import java.util.List;
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
      String sha256 = dataset.sha256(choice.options(), folder);
      hashes.put(choice, sha256);
      recorded().ifPresent(recorded -> compare(sha256, recorded));
      return Optional.of(description);
    } catch (DatasetException e) {
      refuse(choice, e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      refuse(choice, "dataset '%s' failed: %s".formatted(choice.plugin(), e));
    }
    return Optional.empty();
  }

  /**
   * Checks the classes that are left out.
   *
   * @param data of which they are classes
   */
  void checkWithout(DatasetDescription data, List<String> without) {
    List<String> labels = data.labels();
    if (without.isEmpty()) {
      return;
    }
    if (labels.isEmpty()) {
      refuseWithout("needs the classes of the images, and this data have none");
      return;
    }
    without.stream()
        .filter(label -> !labels.contains(label))
        .forEach(label -> refuseWithout("'%s': %s".formatted(label, unknown(label, labels))));
    if (without.containsAll(labels)) {
      refuseWithout("leaves no class to train on");
    }
  }

  private static String unknown(String label, List<String> labels) {
    return Options.unknown("class", label, labels);
  }

  private void refuseWithout(String message) {
    String varied = Section.DATASET.name() + "." + Section.WITHOUT;
    Position at = Position.NONE;
    Entry section = root.entries().get(Section.DATASET.name());
    if (section != null) {
      at = section.at();
      if (section.value() instanceof Mapping mapping
          && mapping.entries().containsKey(Section.WITHOUT)) {
        at = mapping.entries().get(Section.WITHOUT).value().at();
      }
    }
    problems.add(at, varied, message);
  }

  /** The hash of the data that a trial was trained on, where the file is the document of one. */
  private Optional<Value> recorded() {
    boolean trial = root.entries().containsKey(TrialDocument.TRIAL);
    return trial
            && root.entries().containsKey(TrialDocument.DATA)
            && root.entries().get(TrialDocument.DATA).value() instanceof Mapping data
        ? Optional.ofNullable(data.entries().get(TrialDocument.SHA256)).map(Entry::value)
        : Optional.empty();
  }

  private void compare(String sha256, Value recorded) {
    if (!sha256.equals(recorded.plain())) {
      String message =
          "the data that is here has %s, expected %s, which the trial was trained on; without this"
              + " key it is trained on what is here";
      problems.add(
          recorded.at(),
          TrialDocument.DATA + "." + TrialDocument.SHA256,
          message.formatted(sha256, recorded.plain()));
    }
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
