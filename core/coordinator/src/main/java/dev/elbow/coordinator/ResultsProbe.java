package dev.elbow.coordinator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries whether the results folder can be written, at most once a second however many ask. For one
 * thread; files are touched on Vert.x's worker threads.
 */
final class ResultsProbe {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Path results;
  private Future<Optional<String>> last = Future.succeededFuture(Optional.empty());
  private long asked;

  ResultsProbe(Vertx vertx, Path results) {
    this.vertx = vertx;
    this.results = results;
    this.asked = System.nanoTime() - FRESH.toNanos();
  }

  /** What is wrong with the folder; empty if nothing. */
  Future<Optional<String>> trouble() {
    long now = System.nanoTime();
    if (last.isComplete() && now - asked >= FRESH.toNanos()) {
      asked = now;
      last = vertx.executeBlocking(this::write, false);
    }
    // A network drive that is away lets whoever touches it wait for ever.
    return last.timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(e -> Optional.of(text(e instanceof TimeoutException ? late() : e.toString())));
  }

  private static String late() {
    return "no answer within " + LONGEST.toSeconds() + " s";
  }

  private Optional<String> write() {
    try {
      // One name for all, so that whoever is killed here leaves nothing that the next does not
      // remove.
      Path file = results.resolve(".probe");
      Files.write(file, new byte[] {1});
      Files.deleteIfExists(file);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(text(e.toString()));
    }
  }

  private String text(String reason) {
    return "results folder %s cannot be written: %s".formatted(results, reason);
  }
}
