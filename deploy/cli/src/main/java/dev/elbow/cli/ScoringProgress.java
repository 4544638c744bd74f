package dev.elbow.cli;

import java.io.PrintStream;
import java.util.function.DoubleConsumer;

/** Says now and then how far a score is that takes long. For one thread at a time. */
final class ScoringProgress implements DoubleConsumer {
  private static final long EVERY = 10_000_000_000L;

  private final String what;
  private final PrintStream people;
  private long next = System.nanoTime() + EVERY;

  ScoringProgress(String what, PrintStream people) {
    this.what = what;
    this.people = people;
  }

  @Override
  public synchronized void accept(double share) {
    if (System.nanoTime() - next > 0) {
      people.println("%s: %d %% done".formatted(what, Math.round(100 * share)));
      next = System.nanoTime() + EVERY;
    }
  }
}
