package dev.elbow.coordinator.sweep;

import dev.elbow.api.search.Domain;
import java.util.List;

/**
 * Something that {@code parameters} gives.
 *
 * @param name as the file writes it
 * @param path of the option that it stands for: {@code [objective, beta]}; {@code [latent]} for the
 *     size of the code
 * @param domain its values
 * @param varies whether the file writes it as values or as a range
 */
record Parameter(String name, List<String> path, Domain domain, boolean varies) {
  /** The size of the code, which is no section's option. */
  static final String LATENT = "latent";

  Parameter {
    path = List.copyOf(path);
  }

  /** The path as people write it: {@code objective.beta}. */
  String dotted() {
    return String.join(".", path);
  }
}
