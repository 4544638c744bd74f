package dev.elbow.acceptance.browser;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what cannot tell that it is there. */
final class Patience {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private Patience() {}

  /** Looks until {@code there} holds; false if it does not within {@code limit}. */
  static boolean holds(Duration limit, BooleanSupplier there) {
    long end = System.nanoTime() + limit.toNanos();
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }
}
