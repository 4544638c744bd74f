package dev.elbow.api.plugin;

import dev.elbow.api.search.SearchSpace;
import java.util.List;
import java.util.Map;

/** Chooses the configurations of a sweep. */
public interface SearchAlgorithm extends Plugin {
  /**
   * What of {@code space} it cannot search, each a full sentence without a place, keyed by
   * parameter; empty if nothing.
   */
  Map<String, String> problems(SearchSpace space, Options options);

  /**
   * How many configurations it gives; at least 0, and {@link Long#MAX_VALUE} for anything beyond.
   */
  long count(SearchSpace space, Options options);

  /**
   * One configuration. Pure, so that a coordinator which starts again finds the same ones.
   *
   * @param index from 0 to {@link #count} − 1
   * @return one value for each parameter of one of the space's alternatives, in the order of {@link
   *     SearchSpace#names}
   */
  List<Map.Entry<String, Object>> configuration(SearchSpace space, Options options, long index);
}
