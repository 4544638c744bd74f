package dev.elbow.coordinator.http;

import dev.elbow.coordinator.NotActiveException;
import dev.elbow.coordinator.client.ProblemDocument;
import dev.elbow.coordinator.sweep.Problem;
import java.util.List;

/** What was asked for is not done, for reasons that are the asker's to know. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ProblemDocument problem;

  Refusal(ProblemDocument problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  ProblemDocument problem() {
    return problem;
  }

  static Refusal unknown(String detail) {
    return new Refusal(ProblemDocument.of(404, ProblemDocument.UNKNOWN, "It is not there", detail));
  }

  static Refusal pruned(String detail) {
    return new Refusal(
        ProblemDocument.of(404, ProblemDocument.PRUNED, "It was removed by prune", detail));
  }

  static Refusal wrongState(String detail) {
    return new Refusal(
        ProblemDocument.of(
            409, ProblemDocument.WRONG_STATE, "Its state does not allow that", detail));
  }

  static Refusal notReady(String detail) {
    return new Refusal(ProblemDocument.of(503, ProblemDocument.NOT_READY, "Not ready", detail));
  }

  static Refusal busy(String detail) {
    return new Refusal(ProblemDocument.of(503, ProblemDocument.BUSY, "Too much at once", detail));
  }

  static Refusal plain(int status, String detail) {
    return new Refusal(ProblemDocument.of(status, "about:blank", Problems.title(status), detail));
  }

  /** Parameters of a question that are wrong, all of them. */
  static Refusal question(List<Problem> problems) {
    String detail = String.join("\n", problems.stream().map(p -> p.in("question")).toList());
    return new Refusal(
        new ProblemDocument(
            ProblemDocument.INVALID_QUESTION,
            "The question cannot be answered",
            400,
            detail,
            problems,
            List.of(),
            "",
            ""));
  }

  /** One parameter of a question that is wrong. */
  static Refusal question(String name, String message) {
    return question(List.of(new Problem(0, 0, name, message)));
  }

  /** A sweep file that is wrong. */
  static Refusal sweep(String report, List<Problem> problems) {
    return new Refusal(
        new ProblemDocument(
            ProblemDocument.INVALID_SWEEP,
            "The sweep cannot be used",
            400,
            report,
            problems,
            List.of(),
            "",
            ""));
  }

  /** A sweep whose name is another's. */
  static Refusal otherSweep(String detail, List<String> differences) {
    return new Refusal(
        new ProblemDocument(
            ProblemDocument.OTHER_SWEEP,
            "Another sweep has this name",
            409,
            detail,
            List.of(),
            differences,
            "",
            ""));
  }

  /** Another coordinator decides. */
  static Refusal notActive(NotActiveException other) {
    return new Refusal(
        new ProblemDocument(
            ProblemDocument.NOT_ACTIVE,
            "Another coordinator is active",
            503,
            other.getMessage(),
            List.of(),
            List.of(),
            other.active(),
            other.address()));
  }
}
