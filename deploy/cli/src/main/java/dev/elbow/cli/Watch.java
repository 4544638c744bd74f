package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.LiveEvent;
import dev.elbow.coordinator.client.LiveEvents;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.client.TrialStatus;
import dev.elbow.coordinator.results.Results;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Follows a sweep or a trial through a coordinator's live stream. */
final class Watch {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final int MOST_ROWS = 100;

  private final Elbow elbow;
  private final CoordinatorUrl coordinator;
  private final Target target;
  private Optional<String> position = Optional.empty();
  private long lastHeard = System.nanoTime();

  Watch(Elbow elbow, CoordinatorUrl coordinator, Target target) {
    this.elbow = elbow;
    this.coordinator = coordinator;
    this.target = target;
  }

  Watch(Elbow elbow, CoordinatorUrl coordinator, String sweep) {
    this(elbow, coordinator, new Target(sweep, Optional.empty()));
  }

  /**
   * Shows what happens until everything that is watched has ended, then the results.
   *
   * @return the exit code
   */
  int untilOver() throws CommandException {
    try (Interrupt interrupt = Interrupt.watch();
        WatchScreen screen = WatchScreen.open(elbow, target)) {
      boolean isOver = coordinator.ask(client -> follow(client, screen, interrupt));
      if (!isOver) {
        return ExitCode.INTERRUPTED;
      }
    }
    return report();
  }

  /** Whether it is over; otherwise somebody pressed Ctrl-C. */
  private boolean follow(ElbowClient client, WatchScreen screen, Interrupt interrupt)
      throws ClientException {
    if (isOver(client)) {
      return true;
    }
    while (!interrupt.asked().isDone()) {
      if (heard(client, screen, interrupt)) {
        return true;
      }
      pause(interrupt);
    }
    return false;
  }

  private boolean isOver(ElbowClient client) throws ClientException {
    if (target.trial().isPresent()) {
      return WatchScreen.hasEnded(client.trial(target.trial().get()).state());
    }
    return client.sweep(target.sweep()).finished();
  }

  // A coordinator that restarts, or another that takes over, goes on where this one was.
  private boolean heard(ElbowClient client, WatchScreen screen, Interrupt interrupt)
      throws ClientException {
    try (LiveEvents events = client.events(Optional.of(target.sweep()), position)) {
      interrupt.asked().thenRun(events::close);
      // What happened before the stream began is not told by it.
      return isOver(client) || told(events, screen);
    } catch (ClientException e) {
      boolean isPatient = System.nanoTime() - lastHeard < PATIENCE.toNanos();
      if (e.reason() == ClientException.Reason.REFUSED || !isPatient) {
        throw e;
      }
      return false;
    }
  }

  private boolean told(LiveEvents events, WatchScreen screen) {
    for (Optional<LiveEvent> event = events.next(); event.isPresent(); event = events.next()) {
      lastHeard = System.nanoTime();
      position = Optional.of(events.position()).filter(text -> !text.isEmpty());
      if (screen.tell(event.get())) {
        return true;
      }
    }
    return false;
  }

  private static void pause(Interrupt interrupt) {
    try {
      interrupt.asked().get(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Nobody asked for an end.
    } catch (Exception e) {
      throw new IllegalStateException("interrupted while watching", e);
    }
  }

  private int report() throws CommandException {
    return target.trial().isPresent() ? trialReport() : sweepReport();
  }

  private int trialReport() throws CommandException {
    TrialStatus trial = coordinator.ask(client -> client.trial(target.trial().get()));
    StatusText.of(trial).forEach(elbow.people()::println);
    return trial.state().equals("failed") ? ExitCode.TRIAL_FAILED : ExitCode.DONE;
  }

  private int sweepReport() throws CommandException {
    Results results = coordinator.ask(client -> client.results(target.sweep()));
    SweepStatus sweep = coordinator.ask(client -> client.sweep(target.sweep()));
    ResultsTable table = new ResultsTable(results);
    elbow.people().println();
    table.lines(MOST_ROWS).forEach(elbow.people()::println);
    table.failures().forEach(elbow.people()::println);
    if (elbow.json()) {
      table.json().forEach(System.out::println);
    }
    return sweep.failed() > 0 ? ExitCode.TRIAL_FAILED : ExitCode.DONE;
  }
}
