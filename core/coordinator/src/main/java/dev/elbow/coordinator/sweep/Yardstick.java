package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.plugin.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the losses of a trial are measured by: losses compare where it is the same.
 *
 * @param dataset which images, and so what a likelihood is asked to predict
 * @param likelihood its word, and its constants where it has some
 */
public record Yardstick(PluginChoice dataset, String likelihood) {
  static Yardstick of(PluginChoice dataset, Likelihood likelihood) {
    return new Yardstick(dataset, word(likelihood));
  }

  /** The dataset of a configuration; of one that leaves classes out, losses are of other images. */
  static PluginChoice dataset(Blueprint blueprint, Map<List<String>, Object> chosen) {
    PluginChoice dataset = blueprint.plugin(Section.DATASET, chosen);
    List<String> without = blueprint.without(chosen);
    if (without.isEmpty()) {
      return dataset;
    }
    Map<String, Object> options = new LinkedHashMap<>(dataset.options().values());
    options.put(Section.WITHOUT, without);
    return new PluginChoice(dataset.plugin(), new Options(options));
  }

  // Of a record the components are the constants: gaussian [sigma=0.1].
  private static String word(Likelihood likelihood) {
    String constants =
        likelihood instanceof Record ? likelihood.toString().replaceFirst("^[^\\[]*", "") : "[]";
    return constants.equals("[]") ? likelihood.name() : likelihood.name() + " " + constants;
  }
}
