package dev.elbow.messaging;

import static dev.elbow.messaging.Candidacy.Standing.ELECTED;
import static dev.elbow.messaging.Candidacy.Standing.PASSED_OVER;
import static dev.elbow.messaging.Kafka.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.broker.Broker;
import dev.elbow.messaging.Candidacy.Standing;
import dev.elbow.messaging.Candidacy.Terms;
import dev.elbow.testkit.SharedBroker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
class CandidacyIT {
  /** Long enough that nothing here ends by itself. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final Duration SHORT = Duration.ofSeconds(1);

  private Kafka kafka;
  private final List<Candidate> candidates = new ArrayList<>();
  private KafkaSettings settings;

  @BeforeEach
  void begin(Broker broker) {
    kafka = new Kafka(broker);
    settings = kafka.provisioned();
  }

  @AfterEach
  void end() throws Exception {
    for (Candidate candidate : candidates) {
      candidate.hang.countDown();
      await(candidate.candidacy.close());
      await(candidate.messaging.close());
      await(candidate.vertx.close());
    }
    kafka.close();
  }

  /** Each has event loops of its own, as a process has. */
  private final class Candidate {
    final Vertx vertx = Vertx.vertx();
    final Messaging messaging = Messaging.open(vertx, settings);
    final List<Standing> told = new CopyOnWriteArrayList<>();
    final CountDownLatch hang = new CountDownLatch(1);
    final Context context = vertx.getOrCreateContext();
    final Candidacy candidacy;

    Candidate(Duration session, Optional<String> seat) {
      CompletableFuture<Candidacy> standing = new CompletableFuture<>();
      context.runOnContext(
          now -> standing.complete(messaging.stand(new Terms(session, seat), told::add)));
      candidacy = standing.join();
      candidates.add(this);
    }

    /** Does nothing any more, until it is let go. */
    void hang() {
      context.runOnContext(now -> awaitQuietly(hang));
    }

    void until(Standing... expected) {
      await()
          .atMost(20, TimeUnit.SECONDS)
          .pollInterval(10, TimeUnit.MILLISECONDS)
          .until(() -> told.equals(List.of(expected)));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Candidate candidate(Duration session) {
    return new Candidate(session, Optional.empty());
  }

  @Test
  void electsOneAndTellsTheOtherThatItWasPassedOver() {
    Candidate first = candidate(LONG);
    first.until(ELECTED);
    Candidate second = candidate(LONG);
    Candidate third = candidate(LONG);
    second.until(PASSED_OVER);
    third.until(PASSED_OVER);
    assertEquals(List.of(ELECTED), first.told);
  }

  @Test
  void electsTheNextAtOnceWhenOneLeaves() throws Exception {
    Candidate first = candidate(LONG);
    first.until(ELECTED);
    Candidate second = candidate(Duration.ofSeconds(10));
    second.until(PASSED_OVER);
    await(first.candidacy.close());
    second.until(PASSED_OVER, ELECTED);
  }

  @Test
  void readsNothingAndStaysElectedWhileOthersWrite() throws Exception {
    Candidate only = candidate(LONG);
    only.until(ELECTED);
    for (int i = 1; i <= 100; i++) {
      await(only.messaging.events().publish(Samples.queued(i)));
    }
    Candidate late = candidate(LONG);
    late.until(PASSED_OVER);
    assertEquals(List.of(ELECTED), only.told);
  }

  @Test
  void replacesOneThatHangsAndTellsItWhenItGoesOn() {
    Candidate first = candidate(SHORT);
    first.until(ELECTED);
    Candidate second = candidate(LONG);
    second.until(PASSED_OVER);
    first.hang();
    second.until(PASSED_OVER, ELECTED);
    first.hang.countDown();
    first.until(ELECTED, PASSED_OVER);
    assertEquals(List.of(PASSED_OVER, ELECTED), second.told);
  }

  @Test
  void electsAtOnceWhoeverTakesTheSeatOfOneThatWasKilled() {
    Candidate killed = new Candidate(LONG, Optional.of("seat"));
    killed.until(ELECTED);
    // Still a member for a minute, as one that was killed.
    Candidate next = new Candidate(LONG, Optional.of("seat"));
    next.until(ELECTED);
  }
}
