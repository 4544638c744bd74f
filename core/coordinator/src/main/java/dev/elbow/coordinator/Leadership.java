package dev.elbow.coordinator;

import dev.elbow.coordinator.ledger.Ledger;
import dev.elbow.messaging.Candidacy.Standing;
import dev.elbow.messaging.Channel;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Leader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this coordinator comes to lead, and how that ends. Whoever is elected claims the next epoch
 * in the log, and leads when it reads its own claim back. It stands by as soon as it is not elected
 * any more or another's claim has come through. For one thread; times are of {@link
 * System#nanoTime}.
 */
final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final String name;
  private final Channel<Event> log;
  private final Ledger ledger;
  private final Clock clock;
  private final Duration pause;
  private final Office office;
  private final Promise<Void> settled = Promise.promise();
  private Optional<String> address = Optional.empty();
  private boolean elected;
  private boolean claiming;
  private boolean leads;
  private long epoch;
  private long nextClaim = Long.MIN_VALUE;

  /** What is taken up and laid down. */
  interface Office {
    /** Begins to decide, under the epoch that the ledger has now. */
    void begin();

    /** Decides nothing more. */
    void end();
  }

  /**
   * @param name of this coordinator, unique for each start
   * @param pause how long somebody who was replaced waits until it claims again, should it still be
   *     elected: one that was paused needs that to learn that it is not
   */
  Leadership(
      String name, Channel<Event> log, Ledger ledger, Clock clock, Duration pause, Office office) {
    this.name = name;
    this.log = log;
    this.ledger = ledger;
    this.clock = clock;
    this.pause = pause;
    this.office = office;
  }

  /**
   * Where this coordinator is asked, to be told to the others.
   *
   * @return done when it leads or has learned that it is not elected
   */
  Future<Void> stand(Optional<String> ownAddress) {
    address = ownAddress;
    return settled.future();
  }

  /** Whether this coordinator decides. */
  boolean leads() {
    return leads;
  }

  /** What Kafka thinks of this coordinator has changed. */
  void elected(Standing standing) {
    elected = standing == Standing.ELECTED;
    if (elected) {
      claim();
    } else {
      standBy();
      settled.tryComplete();
    }
  }

  private void claim() {
    if (claiming) {
      return; // what comes of it is read, or it fails
    }
    claiming = true;
    epoch = ledger.epoch() + 1;
    log.publish(new Leader(epoch, name, address, clock.instant()))
        .onFailure(
            e -> {
              LOG.warn("coordinator {} could not claim epoch {}, trying again", name, epoch, e);
              claiming = false;
            });
  }

  /** A claim was read, and the ledger knows it. */
  void read(Leader claim, long nanos) {
    boolean own = claim.coordinator().equals(name) && claim.epoch() == epoch;
    boolean counts = ledger.epoch() == claim.epoch() && ledger.leader().equals(claim.coordinator());
    if (own) {
      claiming = false;
      ownClaim(counts);
    } else if (counts && leads) {
      nextClaim = nanos + pause.toNanos();
      standBy();
    }
  }

  private void ownClaim(boolean counts) {
    if (!elected || leads) {
      return;
    }
    if (!counts) {
      claim(); // another's claim of the same epoch came first
      return;
    }
    leads = true;
    LOG.info("coordinator {} leads with epoch {}", name, epoch);
    office.begin();
    settled.tryComplete();
  }

  private void standBy() {
    if (leads || !settled.future().isComplete()) {
      LOG.info("coordinator {} stands by, {} leads", name, other());
    }
    if (leads) {
      leads = false;
      office.end();
    }
  }

  private String other() {
    boolean isKnown = !ledger.leader().isEmpty() && !ledger.leader().equals(name);
    String place = ledger.leaderAddress().map(url -> " at " + url).orElse("");
    return isKnown ? ledger.leader() + place : "another";
  }

  /** Claims once more what somebody else's late claim, or an outage, has prevented. */
  void tick(long nanos) {
    if (elected && !leads && !claiming && nanos >= nextClaim) {
      claim();
    }
  }

  /** Never leads again. */
  void end(Throwable reason) {
    elected = false;
    if (leads) {
      leads = false;
      office.end();
    }
    settled.tryFail(reason);
  }
}
