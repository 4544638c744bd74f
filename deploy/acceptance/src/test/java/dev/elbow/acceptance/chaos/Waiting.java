package dev.elbow.acceptance.chaos;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waiting for what cannot tell that it is there. */
final class Waiting {
  private static final Duration LOOK = Duration.ofMillis(20);

  private Waiting() {}

  /**
   * Looks until {@code there} holds.
   *
   * @param state added to the message if it never does
   * @throws StuckException if it does not within {@code patience}
   */
  static void until(Duration patience, String what, Callable<Boolean> there, Supplier<String> state)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!holds(there)) {
      if (System.nanoTime() > end) {
        throw new StuckException(
            "not within %d s: %s%n%s".formatted(patience.toSeconds(), what, state.get()));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  private static boolean holds(Callable<Boolean> there) {
    try {
      return there.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      return false;
    }
  }
}
