package dev.elbow.broker;

import java.util.List;

/** A broker could not be started; its ports and its folder are free again. */
public final class BrokerException extends RuntimeException {
  private final List<String> problems;

  BrokerException(List<String> problems) {
    super(String.join("\n", problems) + "\nThe broker was not started.");
    this.problems = List.copyOf(problems);
  }

  BrokerException(String problem, Throwable cause) {
    this(List.of(problem));
    initCause(cause);
  }

  /** What is wrong, one sentence each: place, what was found, what is expected. */
  public List<String> problems() {
    return problems;
  }
}
