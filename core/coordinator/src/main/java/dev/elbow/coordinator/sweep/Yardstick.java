package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.network.Likelihood;

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

  // Of a record the components are the constants: gaussian [sigma=0.1].
  private static String word(Likelihood likelihood) {
    String constants =
        likelihood instanceof Record ? likelihood.toString().replaceFirst("^[^\\[]*", "") : "[]";
    return constants.equals("[]") ? likelihood.name() : likelihood.name() + " " + constants;
  }
}
