package dev.elbow.coordinator.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial at one moment: answer to {@code GET /api/sweeps/{sweep}/trials/{trial}} and to commands,
 * and an entry of lists of trials.
 *
 * @param sweep its sweep
 * @param trial its number with at least four digits
 * @param state {@code queued}, {@code running}, {@code completed}, {@code stopped}, {@code failed}
 *     or {@code cancelled}
 * @param attempts how often it was queued; 0 before the first time
 * @param seed of its random streams
 * @param parameters the value of each varied parameter, in file order
 * @param worker that has it or had it last
 * @param figures by column of {@code results.csv}; those that are not known are missing
 * @param failure the kind of failure; empty text if it has not failed
 * @param message why it failed or stopped, or empty text
 * @param execution what its slot is at; empty in lists
 * @param files what can be fetched of it; empty in lists
 * @param fileBytes the size of each of them, by name
 */
public record TrialStatus(
    String sweep,
    String trial,
    String state,
    int attempts,
    long seed,
    Map<String, Object> parameters,
    Optional<String> worker,
    Map<String, Double> figures,
    String failure,
    String message,
    Optional<ExecutionStatus> execution,
    List<String> files,
    Map<String, Long> fileBytes) {
  public TrialStatus {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    files = List.copyOf(files);
    // Older coordinators do not tell.
    fileBytes =
        fileBytes == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fileBytes));
  }
}
