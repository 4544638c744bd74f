package dev.elbow.api;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.score.ScoreChoice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One point of a sweep: a model to train once, fully described by its fields.
 *
 * <p>A trial may run more than once (a worker can die), so nothing in it depends on where or when
 * it runs.
 *
 * @param id unique across sweeps
 * @param parameters the value of each varied parameter, under the name and in the order of the
 *     sweep file; for tables alone, since the other fields hold them too
 * @param seed of every random stream of the trial
 * @param dataset what it learns from
 * @param encoder from images to codes
 * @param decoder from codes to images
 * @param objective what it minimises
 * @param latent size of the code, from 1
 * @param training how it is trained
 * @param scores by which the trained model is judged, in the order of their columns; null, which
 *     records of earlier releases have, is none
 */
public record Trial(
    TrialId id,
    Map<String, Object> parameters,
    long seed,
    DatasetChoice dataset,
    PluginChoice encoder,
    PluginChoice decoder,
    PluginChoice objective,
    int latent,
    Training training,
    List<ScoreChoice> scores) {
  public Trial {
    requireNonNull(id, "id is null");
    requireNonNull(dataset, "dataset is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(decoder, "decoder is null");
    requireNonNull(objective, "objective is null");
    requireNonNull(training, "training is null");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    scores = scores == null ? List.of() : List.copyOf(scores);
    if (latent < 1) {
      throw new IllegalArgumentException("latent must be at least 1, got " + latent);
    }
  }

  /** One without scores. */
  public Trial(
      TrialId id,
      Map<String, Object> parameters,
      long seed,
      DatasetChoice dataset,
      PluginChoice encoder,
      PluginChoice decoder,
      PluginChoice objective,
      int latent,
      Training training) {
    this(id, parameters, seed, dataset, encoder, decoder, objective, latent, training, List.of());
  }

  /** The same with {@code precision} in the place of {@link Training#AUTO}, if it says that. */
  public Trial automatically(String precision) {
    return training.precision().equals(Training.AUTO)
        ? new Trial(
            id,
            parameters,
            seed,
            dataset,
            encoder,
            decoder,
            objective,
            latent,
            training.withPrecision(precision),
            scores)
        : this;
  }
}
