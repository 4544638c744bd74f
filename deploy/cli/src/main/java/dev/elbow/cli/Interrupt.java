package dev.elbow.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jline.utils.Signals;

/**
 * Ctrl-C, or what a service manager sends, while a run can end in good order: the first asks for
 * that, the second ends the process at once.
 */
final class Interrupt implements AutoCloseable {
  // Ctrl-C; a service manager; a terminal that was closed.
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final Map<String, Object> former = new HashMap<>();
  private volatile boolean byHand;

  private Interrupt() {
    SIGNALS.forEach(signal -> former.put(signal, Signals.register(signal, () -> ask(signal))));
  }

  /** Takes over the signals until it is closed. */
  static Interrupt watch() {
    return new Interrupt();
  }

  private void ask(String signal) {
    byHand |= signal.equals("INT");
    if (!asked.complete(null)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  /** Done at the first signal. */
  CompletableFuture<Void> asked() {
    return asked;
  }

  /** Whether somebody pressed Ctrl-C; otherwise a service manager asked for an end. */
  boolean isByHand() {
    return byHand;
  }

  @Override
  public void close() {
    former.forEach(Signals::unregister);
  }
}
