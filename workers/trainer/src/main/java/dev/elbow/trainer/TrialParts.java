package dev.elbow.trainer;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.Vae;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.ArrayList;
import java.util.List;

/** The plugins that trials name, as this worker has them. Thread-safe. */
final class TrialParts {
  private final Catalog catalog;
  private final List<String> precisions;

  /**
   * @param precisions that the engine can train in
   */
  TrialParts(Catalog catalog, List<String> precisions) {
    this.catalog = catalog;
    this.precisions = List.copyOf(precisions);
  }

  /** What this worker lacks to run {@code trial}; empty if it can. */
  List<String> missing(Trial trial) {
    List<String> missing = new ArrayList<>();
    require(Kind.DATASET, trial.dataset().choice(), missing);
    require(Kind.ENCODER, trial.encoder(), missing);
    require(Kind.DECODER, trial.decoder(), missing);
    require(Kind.OBJECTIVE, trial.objective(), missing);
    trial.scores().forEach(score -> require(Kind.SCORE, score.choice(), missing));
    String precision = resolved(trial).training().precision();
    if (!precisions.contains(precision)) {
      missing.add("precision '%s', this worker has %s".formatted(precision, precisions));
    }
    return missing;
  }

  private void require(Kind<?> kind, PluginChoice choice, List<String> missing) {
    if (!catalog.names(kind).contains(choice.plugin())) {
      missing.add("%s '%s'".formatted(kind.name(), choice.plugin()));
    }
  }

  /**
   * The trial as this worker trains it. Coordinators say which arithmetic they mean; those of the
   * first release left {@code auto} to the worker, which took fp32.
   */
  Trial resolved(Trial trial) {
    return trial.automatically(Training.FP32);
  }

  /** The plugins that {@code trial} names, with the versions and hashes that are here. */
  List<String> origins(Trial trial) {
    return List.of(
        origin(Kind.DATASET, trial.dataset().choice()),
        origin(Kind.ENCODER, trial.encoder()),
        origin(Kind.DECODER, trial.decoder()),
        origin(Kind.OBJECTIVE, trial.objective()));
  }

  private String origin(Kind<?> kind, PluginChoice choice) {
    return catalog.plugins().stream()
        .filter(plugin -> plugin.kind() == kind && plugin.plugin().name().equals(choice.plugin()))
        .map(p -> String.join(" ", p.announced(), p.version(), p.sha256().orElse("")))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The model that {@code trial} names; nothing of it may be {@link #missing}.
   *
   * @throws dev.elbow.api.network.DescriptionException if a layer does not fit; a plugin may throw
   *     anything else
   */
  Vae describe(Trial trial, DatasetDescription data) {
    return catalog.describe(trial, data);
  }
}
