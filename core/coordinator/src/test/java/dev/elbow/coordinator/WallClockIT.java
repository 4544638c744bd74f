package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestSystem.done;
import static dev.elbow.coordinator.TestSystem.until;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.TrialId;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.testkit.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
class WallClockIT {
  @TempDir Path folder;

  /** The system's clock, set forward or back while it runs. */
  private static final class SetClock extends Clock {
    private final AtomicLong minutes = new AtomicLong();

    @Override
    public Instant instant() {
      return Instant.now().plus(Duration.ofMinutes(minutes.get()));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 60 * 24 * 365})
  void aClockThatIsSetWhileTrialsRunChangesNothing(long minutes, Broker broker) throws Exception {
    SetClock clock = new SetClock();
    try (Catalog catalog = Catalog.ofClassPath();
        TestSystem system = new TestSystem(broker, catalog, folder.resolve("sweeps"))) {
      Coordinator coordinator = system.start(settings(system.settings(), clock));
      done(coordinator.submit(sweep(catalog)));
      system.worker(
          2, trial -> trial.number() == 1 ? Optional.empty() : Optional.of(completed(100)));
      system.untilTaken(new TrialId("s", 1));
      clock.minutes.set(minutes);
      // Long enough for a lease to run out, were it measured by that clock.
      until(() -> coordinator.view("s").orElseThrow().running().size() == 1);
      done(coordinator.pause("s", "somebody"));
      clock.minutes.set(0);
      done(coordinator.resume("s", "somebody"));
      system.end(new TrialId("s", 1), completed(100));
      done(coordinator.finished("s"));
      List<TrialView> trials = done(coordinator.trials("s"));
      trials.forEach(trial -> assertEquals(1, trial.attempts(), trial.toString()));
      assertEquals(4, trials.size());
    }
  }

  private static CoordinatorSettings settings(CoordinatorSettings like, Clock clock) {
    return new CoordinatorSettings(
        like.name(),
        like.kafka(),
        like.replication(),
        like.patience(),
        like.results(),
        like.data(),
        like.catalog(),
        like.heartbeat(),
        Duration.ofSeconds(10),
        like.attempts(),
        like.election(),
        like.only(),
        clock);
  }

  private static Sweep sweep(Catalog catalog) {
    byte[] text = TestSystem.sweep("s", 4).getBytes(StandardCharsets.UTF_8);
    return new SweepReader(catalog, DataFolder.none()).read("s.yaml", text).sweep().orElseThrow();
  }
}
