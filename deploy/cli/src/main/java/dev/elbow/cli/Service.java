package dev.elbow.cli;

import dev.elbow.broker.BrokerException;
import dev.elbow.messaging.MessagingException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part that runs until somebody asks it to end. */
final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Elbow elbow;

  Service(Elbow elbow) {
    this.elbow = elbow;
  }

  /** Starts something; what it throws says what is missing. */
  interface Start<T> {
    T start() throws Exception;
  }

  /**
   * Starts what {@code name} stands for. Until it runs, a signal ends the process at once.
   *
   * @throws CommandException that says why it cannot be started
   */
  static <T> T start(String name, Start<T> start) throws Exception {
    try {
      return start.start();
    } catch (RuntimeException | LinkageError e) {
      Throwable reason =
          e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      LOG.info("{} cannot start", name, reason);
      throw CommandException.system(text(name, reason), reason);
    }
  }

  private static String text(String name, Throwable reason) {
    if (reason instanceof MessagingException || reason instanceof BrokerException) {
      return reason.getMessage(); // sentences with a place each
    }
    String message = reason.getMessage() == null ? reason.toString() : reason.getMessage();
    return "The %s cannot start: %s".formatted(name, message);
  }

  /**
   * Says that it runs, and waits for Ctrl-C or what a service manager sends. A second signal ends
   * the process at once, also while its parts are being closed.
   *
   * @param text one line for people
   * @param facts the same for programs
   * @return the exit code, once it is to end
   */
  int serve(String text, Map<String, ?> facts) {
    // Not closed: whoever closes the parts afterwards may wait for them, and people for him.
    Interrupt interrupt = Interrupt.watch();
    elbow.people().println(text);
    if (elbow.json()) {
      System.out.println(Json.line(facts));
    }
    interrupt.asked().join();
    return interrupt.isByHand() ? ExitCode.INTERRUPTED : ExitCode.DONE;
  }
}
