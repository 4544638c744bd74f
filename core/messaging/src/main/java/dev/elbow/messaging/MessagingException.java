package dev.elbow.messaging;

import java.util.List;

/** Kafka cannot be reached, lacks something, or is asked for something that it must not do. */
public final class MessagingException extends RuntimeException {
  private final List<String> problems;

  MessagingException(List<String> problems, Throwable cause) {
    super(String.join("\n", problems), cause);
    this.problems = List.copyOf(problems);
  }

  MessagingException(List<String> problems) {
    this(problems, null);
  }

  /** All that is wrong, one sentence each: place, what was found, what is expected. */
  public List<String> problems() {
    return problems;
  }
}
