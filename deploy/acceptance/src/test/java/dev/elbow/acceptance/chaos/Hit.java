package dev.elbow.acceptance.chaos;

import java.time.Duration;
import java.util.Map;

/**
 * Something that was done to a part which was working, and what came of it.
 *
 * @param what was done to whom
 * @param proof that it was working, and that the work went on elsewhere
 * @param delays how long things took from the blow on, by what they are
 */
record Hit(String what, String proof, Map<String, Duration> delays) {
  Hit {
    delays = Map.copyOf(delays);
  }
}
