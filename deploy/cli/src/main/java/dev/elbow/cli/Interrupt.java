package dev.elbow.cli;

import java.util.concurrent.CompletableFuture;
import org.jline.utils.Signals;

/**
 * Ctrl-C, or what a service manager sends, while a run can end in good order: the first asks for
 * that, the second ends the process at once.
 */
final class Interrupt implements AutoCloseable {
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final Object formerInterrupt;
  private final Object formerTerminate;

  private Interrupt() {
    formerInterrupt = Signals.register("INT", this::ask);
    formerTerminate = Signals.register("TERM", this::ask);
  }

  /** Takes over the signals until it is closed. */
  static Interrupt watch() {
    return new Interrupt();
  }

  private void ask() {
    if (!asked.complete(null)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  /** Done at the first signal. */
  CompletableFuture<Void> asked() {
    return asked;
  }

  @Override
  public void close() {
    Signals.unregister("INT", formerInterrupt);
    Signals.unregister("TERM", formerTerminate);
  }
}
