package dev.elbow.messaging;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Why something failed, in one sentence: Kafka says the least in its outermost exception. */
final class Reasons {
  private static final int MOST = 3;

  private Reasons() {}

  /** The messages of a failure and of what caused it, outermost first, each once. */
  static String of(Throwable failure) {
    Set<String> messages = new LinkedHashSet<>();
    for (Throwable reason = failure; reason != null; reason = reason.getCause()) {
      String message = reason.getMessage();
      // A wrapper without a message of its own repeats its cause's, behind the name of its class.
      if (message != null && !repeats(message, reason.getCause())) {
        messages.add(message);
      }
    }
    List<String> all = new ArrayList<>(messages);
    int first = Math.max(0, all.size() - MOST);
    return all.isEmpty() ? failure.toString() : String.join(": ", all.subList(first, all.size()));
  }

  private static boolean repeats(String message, Throwable cause) {
    return cause != null && cause.getMessage() != null && message.endsWith(cause.getMessage());
  }
}
