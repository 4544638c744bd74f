package dev.elbow.api.score;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.network.Likelihood;
import java.util.List;

/**
 * What would be scored, as far as it is known before anything is trained.
 *
 * @param data that a model learns from
 * @param without the labels of classes that are left out of its training
 * @param likelihood that it is trained with
 */
public record ScoreSubject(DatasetDescription data, List<String> without, Likelihood likelihood) {
  public ScoreSubject {
    without = List.copyOf(without);
  }
}
