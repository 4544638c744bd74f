package dev.elbow.coordinator;

import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sweeps of the log at work, in the order of submission. For one thread. */
final class Sweeps {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

  private final SweepReader reader;
  private final Optional<String> only;
  private final Map<String, SweepRun> runs = new LinkedHashMap<>();
  private final Map<String, String> unreadable = new HashMap<>();
  private final Map<String, Sweep> expected = new HashMap<>();

  /**
   * @param only the one sweep whose trials are queued; empty for all
   */
  Sweeps(SweepReader reader, Optional<String> only) {
    this.reader = reader;
    this.only = only;
  }

  /** The sweep that an event will bring soon, so that it need not be parsed again. */
  void expect(Sweep sweep) {
    expected.put(sweep.name(), sweep);
  }

  /** A sweep of the log; empty if it cannot go on here. */
  Optional<SweepRun> add(LoggedSweep logged) {
    try {
      Sweep known = expected.remove(logged.name());
      Sweep sweep = known == null ? reader.restore(logged.document()) : known;
      SweepRun run = new SweepRun(sweep, logged);
      runs.put(sweep.name(), run);
      return Optional.of(run);
    } catch (IllegalArgumentException e) {
      LOG.error("sweep {} cannot go on: {}", logged.name(), e.getMessage());
      unreadable.put(logged.name(), e.getMessage());
      return Optional.empty();
    }
  }

  /** A sweep is deleted; empty if it could not go on here. */
  Optional<SweepRun> remove(String sweep) {
    unreadable.remove(sweep);
    return Optional.ofNullable(runs.remove(sweep));
  }

  Optional<SweepRun> run(String sweep) {
    return Optional.ofNullable(runs.get(sweep));
  }

  /** Why a sweep that is in the log cannot go on here: a plugin is missing, say. */
  Optional<String> unreadable(String sweep) {
    return Optional.ofNullable(unreadable.get(sweep));
  }

  /** All that can go on. A view. */
  Collection<SweepRun> all() {
    return Collections.unmodifiableCollection(runs.values());
  }

  /** Those whose trials are queued. */
  Collection<SweepRun> served() {
    return only.<Collection<SweepRun>>map(sweep -> run(sweep).stream().toList()).orElse(all());
  }
}
