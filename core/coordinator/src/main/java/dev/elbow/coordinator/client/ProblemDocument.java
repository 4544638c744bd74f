package dev.elbow.coordinator.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.elbow.coordinator.sweep.Problem;
import java.util.List;
import java.util.Objects;

/**
 * Every answer that is no success: {@code application/problem+json} of RFC 9457.
 *
 * @param type one of the constants below, or {@code about:blank} where the status says it all
 * @param title the same for all of a type
 * @param status of the answer
 * @param detail for people: the text that the command line shows
 * @param problems what is wrong with a sweep file or with the parameters of a question, each with
 *     its place; line and column are 0 where there is no text
 * @param differences keys whose values differ from those of the sweep that is there
 * @param active the name of the active coordinator, where that is another one
 * @param activeUrl where that one is asked, if that is known
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    List<Problem> problems,
    List<String> differences,
    String active,
    String activeUrl) {
  /** Status 400: {@link #problems} tells all that is wrong with the sweep. */
  public static final String INVALID_SWEEP = "urn:elbow:problem:invalid-sweep";

  /** Status 409: another sweep has this name; {@link #differences} tells in what. */
  public static final String OTHER_SWEEP = "urn:elbow:problem:other-sweep";

  /** Status 400: {@link #problems} tells which parameters of the question are wrong. */
  public static final String INVALID_QUESTION = "urn:elbow:problem:invalid-question";

  /** Status 404: no such sweep, trial or file. */
  public static final String UNKNOWN = "urn:elbow:problem:unknown";

  /** Status 404: the file was there and was removed by {@code prune}. */
  public static final String PRUNED = "urn:elbow:problem:pruned";

  /** Status 409: the trial is not in a state in which that can be done. */
  public static final String WRONG_STATE = "urn:elbow:problem:wrong-state";

  /** Status 503: another coordinator decides; {@link #active} names it, if there is one now. */
  public static final String NOT_ACTIVE = "urn:elbow:problem:not-active";

  /** Status 503: Kafka or the results folder does not answer. */
  public static final String NOT_READY = "urn:elbow:problem:not-ready";

  /** Status 503: too many ask at once; {@code Retry-After} tells when to ask again. */
  public static final String BUSY = "urn:elbow:problem:busy";

  public ProblemDocument {
    type = Objects.requireNonNullElse(type, "about:blank");
    title = Objects.requireNonNullElse(title, "");
    detail = Objects.requireNonNullElse(detail, "");
    problems = problems == null ? List.of() : List.copyOf(problems);
    differences = differences == null ? List.of() : List.copyOf(differences);
    active = Objects.requireNonNullElse(active, "");
    activeUrl = Objects.requireNonNullElse(activeUrl, "");
  }

  /** One that says nothing but its text. */
  public static ProblemDocument of(int status, String type, String title, String detail) {
    return new ProblemDocument(type, title, status, detail, List.of(), List.of(), "", "");
  }
}
