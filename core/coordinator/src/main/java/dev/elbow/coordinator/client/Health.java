package dev.elbow.coordinator.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * Answer to {@code GET /health/live} and {@code /health/ready}, with status 200 if all is well and
 * 503 if it is not.
 *
 * @param status {@code live} or {@code ready}, or {@code not live}, {@code not ready}
 * @param role {@code active} or {@code standby}; empty text where only life was asked for
 * @param leader the name of the coordinator that was active last; empty text before the first
 * @param leaderUrl where that one is asked; empty text if that is not known
 * @param problems what is wrong, one sentence each
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Health(
    String status, String role, String leader, String leaderUrl, List<String> problems) {
  public Health {
    role = Objects.requireNonNullElse(role, "");
    leader = Objects.requireNonNullElse(leader, "");
    leaderUrl = Objects.requireNonNullElse(leaderUrl, "");
    problems = problems == null ? List.of() : List.copyOf(problems);
  }
}
