package dev.elbow.coordinator.client;

import java.util.Optional;

/** A coordinator did not do what it was asked for. The message is for people. */
public final class ClientException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final transient Optional<ProblemDocument> problem;

  /** What can be done about it. */
  public enum Reason {
    /** Nothing answered, or what did is no coordinator. */
    UNREACHABLE,
    /** It understood and refused: what was asked for is wrong. */
    REFUSED,
    /** It cannot do it now: it is not the active one, lacks Kafka, or has failed. */
    UNAVAILABLE
  }

  ClientException(
      Reason reason, String message, Optional<ProblemDocument> problem, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.problem = problem;
  }

  static ClientException unreachable(String message, Throwable cause) {
    return new ClientException(Reason.UNREACHABLE, message, Optional.empty(), cause);
  }

  /** What can be done about it. */
  public Reason reason() {
    return reason;
  }

  /** What the coordinator said; empty if it said nothing that could be read. */
  public Optional<ProblemDocument> problem() {
    return problem;
  }
}
