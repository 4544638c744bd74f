package dev.elbow.coordinator.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/**
 * Which trials of a sweep, in which order.
 *
 * @param sort {@code trial}, {@code state}, {@code attempts}, {@code seed}, a varied parameter or a
 *     column of {@code results.csv}; trials without that figure come last
 * @param descending largest first
 * @param states only these; all if empty
 * @param limit how many at most, from 1 to {@value #MOST}
 * @param offset how many are passed over
 */
public record TrialQuery(
    String sort, boolean descending, List<String> states, int limit, int offset) {
  /** How many trials one answer holds at most. */
  public static final int MOST = 1000;

  /** The first hundred trials by number. */
  public static final TrialQuery FIRST = new TrialQuery("trial", false, List.of(), 100, 0);

  public TrialQuery {
    states = List.copyOf(states);
  }

  /** As many as one answer holds, by number. */
  static TrialQuery from(int offset) {
    return new TrialQuery("trial", false, List.of(), MOST, offset);
  }

  String text() {
    StringJoiner query = new StringJoiner("&", "?", "");
    query.add("sort=" + URLEncoder.encode(sort, StandardCharsets.UTF_8));
    query.add("order=" + (descending ? "desc" : "asc"));
    states.forEach(state -> query.add("state=" + URLEncoder.encode(state, StandardCharsets.UTF_8)));
    return query.add("limit=" + limit).add("offset=" + offset).toString();
  }
}
