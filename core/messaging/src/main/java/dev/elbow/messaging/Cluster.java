package dev.elbow.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Somebody who asks Kafka questions, and waits for it while it is away. What will not pass by
 * waiting, a wrong password say, ends the wait at once.
 */
final class Cluster implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(500);
  // A listener that demands something else hangs up in silence, and Kafka's clients go on trying.
  private static final Duration UNTIL_KNOCK = Duration.ofSeconds(2);

  private final KafkaSettings settings;
  private final Admin admin;
  private final long endNanos;

  private Cluster(KafkaSettings settings, Admin admin, long endNanos) {
    this.settings = settings;
    this.admin = admin;
    this.endNanos = endNanos;
  }

  /** What Kafka refuses, in its own words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(ApiException reason) {
      super(reason.getMessage(), reason);
    }

    /** Whether it refuses for this reason. */
    boolean is(Class<? extends ApiException> reason) {
      return reason.isInstance(getCause());
    }
  }

  /** One question. */
  interface Question<T> {
    KafkaFuture<T> ask(Admin admin);
  }

  /**
   * Makes a client.
   *
   * @param patience for everything that is asked
   * @throws MessagingException if none can be made of the settings
   */
  static Cluster connect(KafkaSettings settings, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return new Cluster(settings, Admin.create(settings.admin()), end);
      } catch (KafkaException e) {
        // A host name may become known only when its machine starts.
        boolean isUnknownHost = String.valueOf(e.getCause()).contains("bootstrap");
        if (!isUnknownHost || System.nanoTime() >= end) {
          throw unusable(settings, e);
        }
        pause();
      }
    }
  }

  static MessagingException unusable(KafkaSettings settings, RuntimeException e) {
    return new MessagingException(List.of(sentence(settings, settings.masked(Reasons.of(e)))), e);
  }

  /**
   * What Kafka answers; asks again while it is away, until the patience ends.
   *
   * @throws Refused if it answers that it will not
   * @throws MessagingException if it stays away, or does not let this client in
   */
  <T> T ask(Question<T> question) throws Refused {
    while (true) {
      try {
        return await(question.ask(admin));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthenticationException) {
          throw problem(letIn(e.getCause()), e);
        }
        if (!isPassing(e.getCause())) {
          throw refused(e);
        }
        if (System.nanoTime() >= endNanos) {
          throw problem(Reasons.of(e.getCause()), e);
        }
        pause();
      }
    }
  }

  // Kafka calls it passing that a topic is not there; to us that is an answer.
  private static boolean isPassing(Throwable reason) {
    return reason instanceof RetriableException
        && !(reason instanceof UnknownTopicOrPartitionException);
  }

  /** As {@link #ask}, where there is no reason to refuse. */
  <T> T expect(Question<T> question) {
    try {
      return ask(question);
    } catch (Refused e) {
      throw problem(e.getMessage(), e);
    }
  }

  /**
   * Asks until {@code question} has an answer or the patience ends; then it is empty.
   *
   * @param question must not block for long
   */
  <T> Optional<T> await(Supplier<Optional<T>> question) {
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent() || System.nanoTime() >= endNanos) {
        return answer;
      }
      pause();
    }
  }

  /** One sentence about this cluster. */
  String sentence(String problem) {
    return sentence(settings, problem);
  }

  private static String sentence(KafkaSettings settings, String problem) {
    return "kafka %s: %s".formatted(settings.bootstrapServers(), problem);
  }

  private Refused refused(ExecutionException e) {
    if (e.getCause() instanceof ApiException reason) {
      return new Refused(reason);
    }
    throw problem(Reasons.of(e.getCause()), e);
  }

  private static String letIn(Throwable reason) {
    String expected =
        reason instanceof SslAuthenticationException
            ? "a certificate for this host that ssl.truststore.location trusts, and where the"
                + " cluster asks for one a key of this client's in ssl.keystore.location"
            : "the name and password of a user of the cluster's in sasl.jaas.config";
    return "%s; expected %s".formatted(Reasons.of(reason), expected);
  }

  private <T> T await(KafkaFuture<T> future) throws ExecutionException {
    while (true) {
      long left = Math.max(RETRY.toNanos(), endNanos - System.nanoTime());
      try {
        return future.get(Math.min(left, UNTIL_KNOCK.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        Doorstep.mismatch(settings)
            .ifPresent(
                mismatch -> {
                  throw problem(mismatch, e);
                });
        if (System.nanoTime() >= endNanos) {
          throw problem("no answer, expected a running Kafka", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw problem("interrupted while waiting", e);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MessagingException(List.of("interrupted while waiting for Kafka"), e);
    }
  }

  private MessagingException problem(String problem, Exception cause) {
    return new MessagingException(List.of(sentence(settings.masked(problem))), cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
