package dev.elbow.messaging;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trial in the words of a sweep file: the beginning of {@code trial.json}, which {@code elbow
 * run} takes as the sweep of that one trial.
 */
public final class TrialDocument {
  /** The key that makes a sweep file the document of a trial. */
  public static final String TRIAL = "trial";

  /** The key under which a sweep file lists scores. */
  public static final String SCORES = "scores";

  /** The key under which the document of a trial has {@link #SHA256} of the data. */
  public static final String DATA = "data";

  /** The hash of the data that the trial was trained on, in hexadecimal. */
  public static final String SHA256 = "sha256";

  /**
   * Keys that the document of a trial may have and a sweep file may not. A reader compares {@link
   * #DATA} with the data that it finds and needs no other.
   */
  public static final List<String> EXTRA_KEYS =
      List.of(TRIAL, "versions", DATA, "processor", "plugins", "metrics");

  private static final int LONGEST_NAME = 63;

  private TrialDocument() {}

  /**
   * The document: name and sections of a sweep file with every option written out, then {@code
   * trial} and {@code data}. A writer adds the other {@link #EXTRA_KEYS} behind them.
   *
   * <p>The name is that of the sweep with the trial's number, so that the trial can be run again
   * beside its sweep.
   *
   * @return a new map that the caller may add to; values are those of {@link
   *     dev.elbow.api.plugin.Options}
   */
  public static Map<String, Object> of(Trial trial) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name(trial.id()));
    document.put("dataset", dataset(trial.dataset()));
    document.put("encoder", section(trial.encoder()));
    document.put("decoder", section(trial.decoder()));
    document.put("objective", section(trial.objective()));
    document.put("training", training(trial.training()));
    document.put("parameters", Map.of("latent", (long) trial.latent()));
    document.put("seeds", List.of(trial.seed()));
    if (!trial.scores().isEmpty()) {
      document.put(SCORES, trial.scores().stream().map(s -> section(s.choice())).toList());
    }
    document.put(TRIAL, origin(trial));
    document.put(DATA, Map.of(SHA256, trial.dataset().sha256()));
    return document;
  }

  /**
   * The section {@code training}: without the options of the way of counting, epochs or steps, that
   * is not used, because a sweep file must not give both.
   */
  public static Map<String, Object> training(Training training) {
    Map<String, Object> section = new LinkedHashMap<>(training.options().values());
    List<String> unused =
        training.steps() > 0 ? List.of("epochs") : List.of("steps", "evaluateEvery");
    unused.forEach(section::remove);
    return section;
  }

  private static String name(TrialId id) {
    String number = "-" + id.folder();
    int length = Math.min(id.sweep().length(), LONGEST_NAME - number.length());
    return id.sweep().substring(0, length) + number;
  }

  private static Map<String, Object> dataset(DatasetChoice dataset) {
    Map<String, Object> section = section(dataset.choice());
    section.put("validation", dataset.validation());
    if (!dataset.without().isEmpty()) {
      section.put("without", dataset.without());
    }
    return section;
  }

  private static Map<String, Object> section(PluginChoice choice) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("plugin", choice.plugin());
    section.putAll(choice.options().values());
    return section;
  }

  private static Map<String, Object> origin(Trial trial) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("sweep", trial.id().sweep());
    origin.put("number", (long) trial.id().number());
    origin.put("parameters", trial.parameters());
    return origin;
  }
}
