package dev.elbow.coordinator.http;

import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.Observer;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.AnswerFormat;
import dev.elbow.coordinator.client.EvaluationPoint;
import dev.elbow.coordinator.client.LiveEvent;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.MetricPoint;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The live stream. Words about trials are kept for a while, so that a reader who comes back misses
 * none; of how a sweep stands only the latest counts, and each reader gets it when it can take it.
 * One event loop does everything; the observer's methods are for any.
 *
 * <p>A position is {@code FEED-NUMBER}: the number of the next word, and what tells this feed from
 * those of other coordinators and earlier starts.
 */
final class EventFeed implements Observer {
  private static final long SWEEP_PAUSE_MILLIS = 250;
  private static final int MOST_READERS = 500;

  private final Vertx vertx;
  private final Context loop;
  private final Coordinator coordinator;
  private final String name = UUID.randomUUID().toString().substring(0, 8);
  private final Backlog backlog;
  private final Map<TrialId, Told> told = new HashMap<>();
  private final Map<String, SweepView> changed = new HashMap<>();
  private final Map<String, Buffer> standing = new LinkedHashMap<>();
  private final Set<EventReader> readers = new LinkedHashSet<>();

  /** What was last said of a trial that has not ended. */
  private record Told(TrialState state, int attempts, Optional<String> worker) {}

  EventFeed(Vertx vertx, Context loop, Coordinator coordinator, HttpLimits limits) {
    this.vertx = vertx;
    this.loop = loop;
    this.coordinator = coordinator;
    this.backlog = new Backlog(limits.backlogBytes());
    vertx.setPeriodic(
        limits.heartbeat().toMillis(), id -> List.copyOf(readers).forEach(EventReader::alive));
  }

  @Override
  public void changed(SweepView sweep) {
    loop.runOnContext(now -> note(sweep));
  }

  @Override
  public void changed(TrialView trial) {
    loop.runOnContext(now -> tell(trial));
  }

  // The coordinator also tells of steps that people do not see: an end whose files are on the way.
  private void tell(TrialView trial) {
    Told now = new Told(trial.state(), trial.attempts(), trial.worker());
    Told before = trial.state().ended() ? told.remove(trial.id()) : told.put(trial.id(), now);
    if (!now.equals(before)) {
      add("trial", trial.id().sweep(), Statuses.of(trial));
    }
  }

  @Override
  public void measured(MetricPoint point, Trial trial) {
    EvaluationPoint evaluation = evaluation(point, trial.training());
    loop.runOnContext(now -> add("evaluation", evaluation.sweep(), evaluation));
  }

  private static EvaluationPoint evaluation(MetricPoint point, Training training) {
    return new EvaluationPoint(
        point.trial().sweep(),
        point.trial().folder(),
        point.attempt(),
        training.steps() > 0 ? 0 : training.epochs(),
        training.steps(),
        CurvePoints.of(point.evaluation()));
  }

  @Override
  public void deleted(String sweep) {
    loop.runOnContext(now -> forget(sweep));
  }

  private void forget(String sweep) {
    told.keySet().removeIf(trial -> trial.sweep().equals(sweep));
    changed.remove(sweep);
    standing.remove(sweep);
    add("deleted", sweep, new LiveEvent.Deleted(sweep));
  }

  private void note(SweepView sweep) {
    if (changed.isEmpty()) {
      vertx.setTimer(SWEEP_PAUSE_MILLIS, id -> flush());
    }
    changed.put(sweep.sweep(), sweep);
  }

  private void flush() {
    List<SweepView> due = List.copyOf(changed.values());
    changed.clear();
    due.forEach(view -> standing.put(view.sweep(), written(view)));
    for (EventReader reader : List.copyOf(readers)) {
      due.forEach(view -> reader.changed(view.sweep()));
      reader.write();
    }
  }

  private static Buffer written(SweepView view) {
    return word("sweep", Optional.empty(), Statuses.of(view));
  }

  private void add(String event, String sweep, Object data) {
    Optional<String> position = Optional.of(position(backlog.next() + 1));
    backlog.add(new Backlog.Word(sweep, word(event, position, data)));
    List.copyOf(readers).forEach(EventReader::write);
  }

  /** A word as it is sent; without a position it can be missed. */
  static Buffer word(String event, Optional<String> position, Object data) {
    Buffer text = Buffer.buffer("event: " + event + "\n");
    position.ifPresent(id -> text.appendString("id: " + id + "\n"));
    return text.appendString("data: ").appendBytes(AnswerFormat.write(data)).appendString("\n\n");
  }

  String position(long number) {
    return name + "-" + number;
  }

  /** Where a reader goes on who knows everything up to {@code position}; empty if it cannot. */
  Optional<Long> after(String position) {
    if (!position.matches(name + "-[0-9]{1,18}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(position.substring(name.length() + 1));
    return Optional.of(number).filter(n -> n >= backlog.first() && n <= backlog.next());
  }

  Backlog backlog() {
    return backlog;
  }

  /** How a sweep stands, as it is sent; empty if it is gone. */
  Optional<Buffer> standing(String sweep) {
    return Optional.ofNullable(standing.get(sweep));
  }

  /** Answers {@code GET /api/events}. */
  void open(RoutingContext asked) {
    Question question = new Question(asked.queryParams(), List.of("after", "sweep"));
    Optional<String> sweep = question.text("sweep");
    Optional<String> after = question.text("after");
    question.check();
    sweep.filter(known -> coordinator.view(known).isEmpty()).ifPresent(EventFeed::refuse);
    if (readers.size() >= MOST_READERS) {
      throw Refusal.notReady("%d live streams are open, no more".formatted(MOST_READERS));
    }
    coordinator.sweeps().forEach(this::stand);
    EventReader reader = new EventReader(this, asked.request(), sweep, readers::remove);
    readers.add(reader);
    // A browser that comes back by itself says here how far it was, and repeats the old address.
    Optional<String> last = Optional.ofNullable(asked.request().getHeader("Last-Event-ID"));
    reader.begin(last.or(() -> after), standing.keySet());
  }

  private static void refuse(String sweep) {
    throw Refusal.unknown("there is no sweep '%s'".formatted(sweep));
  }

  private void stand(String sweep) {
    if (!standing.containsKey(sweep)) {
      coordinator.view(sweep).ifPresent(view -> standing.put(sweep, written(view)));
    }
  }

  /** Ends every stream. */
  void close() {
    List.copyOf(readers).forEach(EventReader::end);
  }
}
