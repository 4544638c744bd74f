package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import io.vertx.ext.web.RoutingContext;

/** The sweep and the trial that an address names. */
final class Names {
  private static final String SWEEP = "[a-z0-9][a-z0-9._-]{0,62}";

  private Names() {}

  /**
   * @throws Refusal if it cannot be the name of a sweep
   */
  static String sweep(RoutingContext asked) {
    String name = asked.pathParam("sweep");
    if (!name.matches(SWEEP)) {
      throw Refusal.unknown("there is no sweep '%s'".formatted(name));
    }
    return name;
  }

  /**
   * @throws Refusal if it cannot be the number of a trial
   */
  static TrialId trial(RoutingContext asked) {
    String sweep = sweep(asked);
    String number = asked.pathParam("trial");
    if (!number.matches("[0-9]{1,9}") || Integer.parseInt(number) == 0) {
      throw Refusal.unknown("there is no trial '%s' of sweep '%s'".formatted(number, sweep));
    }
    return new TrialId(sweep, Integer.parseInt(number));
  }
}
