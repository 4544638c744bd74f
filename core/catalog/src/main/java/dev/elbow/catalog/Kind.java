package dev.elbow.catalog;

import dev.elbow.api.plugin.Dataset;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.plugin.SearchAlgorithm;
import java.util.List;

/**
 * A kind of plugin. A further kind is one more line here.
 *
 * @param name the key of its section in a sweep file; that of a score, which has none, is its kind
 * @param type the interface under which {@link java.util.ServiceLoader} finds it
 */
public record Kind<P extends Plugin>(String name, Class<P> type) {
  public static final Kind<Dataset> DATASET = new Kind<>("dataset", Dataset.class);
  public static final Kind<Encoder> ENCODER = new Kind<>("encoder", Encoder.class);
  public static final Kind<Decoder> DECODER = new Kind<>("decoder", Decoder.class);
  public static final Kind<Objective> OBJECTIVE = new Kind<>("objective", Objective.class);
  public static final Kind<SearchAlgorithm> SEARCH = new Kind<>("search", SearchAlgorithm.class);
  public static final Kind<Score> SCORE = new Kind<>("score", Score.class);

  /** Every kind, in the order in which people are shown them. */
  public static final List<Kind<?>> ALL =
      List.of(DATASET, ENCODER, DECODER, OBJECTIVE, SEARCH, SCORE);
}
