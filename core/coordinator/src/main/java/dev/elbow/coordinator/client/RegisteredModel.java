package dev.elbow.coordinator.client;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A version of a model that was given a name. It never changes.
 *
 * @param name in letters of a sweep's name
 * @param version from 1
 * @param sha256 of the list of its files with their hashes: equal models have one, whatever they
 *     are called
 * @param sweep that the model was trained in
 * @param trial its number in there, as folders have it; both tell where it comes from, and may be
 *     gone
 * @param dataSha256 hash of the data that it was trained on
 * @param versions of what made it, by name
 * @param files hash of each, by name, in alphabetical order; {@code trial.json} has all settings
 * @param promotedAt when this version was made, as ISO 8601 in UTC, by the clock of whoever did it;
 *     empty where an older release did
 */
public record RegisteredModel(
    String name,
    int version,
    String sha256,
    String sweep,
    String trial,
    String dataSha256,
    Map<String, String> versions,
    Map<String, String> files,
    String promotedAt) {
  public RegisteredModel {
    promotedAt = promotedAt == null ? "" : promotedAt;
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** {@code NAME:VERSION}, as commands take it. */
  public String reference() {
    return name + ":" + version;
  }
}
