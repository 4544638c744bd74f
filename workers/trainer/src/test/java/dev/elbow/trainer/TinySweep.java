package dev.elbow.trainer;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.messaging.QueuedTrial;
import example.tiny.Squares;
import example.tiny.TinyDecoder;
import example.tiny.TinyEncoder;
import example.tiny.TinyObjective;
import java.util.List;
import java.util.Map;

/** Trials of the plugins in {@code example.tiny}; each method gives one that differs. */
record TinySweep(
    Map<String, ?> dataset,
    Map<String, ?> encoder,
    Map<String, ?> objective,
    Map<String, ?> training,
    String sha256) {

  static TinySweep of(Map<String, ?> training) {
    return new TinySweep(Map.of(), Map.of(), Map.of(), training, Squares.sha256(200));
  }

  TinySweep dataset(Map<String, ?> options) {
    return new TinySweep(options, encoder, objective, training, sha256);
  }

  TinySweep encoder(Map<String, ?> options) {
    return new TinySweep(dataset, options, objective, training, sha256);
  }

  TinySweep objective(Map<String, ?> options) {
    return new TinySweep(dataset, encoder, options, training, sha256);
  }

  TinySweep sha256(String other) {
    return new TinySweep(dataset, encoder, objective, training, other);
  }

  QueuedTrial trial(int number) {
    return new QueuedTrial(
        new Trial(
            new TrialId("tiny", number),
            Map.of(),
            number,
            new DatasetChoice(choice(new Squares(), dataset), 0, sha256),
            choice(new TinyEncoder(), encoder),
            choice(new TinyDecoder(), Map.of()),
            choice(new TinyObjective(), objective),
            3,
            new Training(checked(Training.declared(), training))),
        1);
  }

  private static PluginChoice choice(Plugin plugin, Map<String, ?> options) {
    return new PluginChoice(plugin.name(), checked(plugin.options(), options));
  }

  private static Options checked(List<Option> declared, Map<String, ?> options) {
    return Options.check(declared, options).orThrow();
  }
}
