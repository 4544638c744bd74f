package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.client.UnreadableList;
import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.messaging.Candidacy;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Provisioning;
import dev.elbow.messaging.Subscription;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes sweeps, hands their trials to workers and keeps what comes back.
 *
 * <p><b>Thread safety.</b> Every method may be called from any thread. All state lives on one event
 * loop; files are read and written on worker threads. Futures complete on the event loop.
 */
public final class Coordinator {
  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final Vertx vertx;
  private final Context context;
  private final CoordinatorSettings settings;
  private final Messaging messaging;
  private final Core core;
  private final SweepFolders folders;
  private final ResultsProbe probe;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Map<String, Future<Submission>> submissions = new HashMap<>();
  private Optional<Candidacy> candidacy = Optional.empty();
  private long timer = -1;

  private Coordinator(Vertx vertx, CoordinatorSettings settings, MeterRegistry metrics) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.messaging = Messaging.open(vertx, settings.kafka(), "coordinator", metrics);
    String unique = settings.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
    this.core = new Core(vertx, settings, unique, messaging, metrics);
    this.folders = new SweepFolders(settings.results());
    this.probe = new ResultsProbe(vertx, settings.results());
  }

  /**
   * Makes the topics that are missing and reads the event log to its end. From then on the
   * coordinator answers whatever is asked; it decides only when it {@linkplain #stand stands} for
   * election and is elected.
   *
   * @return fails if Kafka cannot be reached or lacks something, or the results folder cannot be
   *     made
   */
  public static Future<Coordinator> start(Vertx vertx, CoordinatorSettings settings) {
    return start(vertx, settings, new CompositeMeterRegistry()); // which keeps nothing
  }

  /**
   * The same with figures.
   *
   * @param metrics where they are counted; not closed
   */
  public static Future<Coordinator> start(
      Vertx vertx, CoordinatorSettings settings, MeterRegistry metrics) {
    return vertx
        .executeBlocking(() -> prepare(settings), false)
        .map(ready -> new Coordinator(vertx, ready, metrics))
        .compose(coordinator -> coordinator.on(coordinator::begin).map(coordinator));
  }

  private static CoordinatorSettings prepare(CoordinatorSettings settings) throws Exception {
    Files.createDirectories(settings.results());
    FileSystemCheck.require(settings.results());
    Provisioning.ensure(settings.kafka(), settings.replication(), settings.patience());
    return settings;
  }

  private Future<Void> begin() {
    Subscription log = subscribed(messaging.events().subscribe(core::read));
    Subscription life = subscribed(messaging.heartbeats().subscribe(core::heard));
    subscribed(messaging.metrics().subscribe(core::measured));
    return Future.all(log.caughtUp(), life.caughtUp())
        .onSuccess(read -> core.caughtUp())
        .onSuccess(read -> startTimer(log))
        .onFailure(e -> close())
        .mapEmpty();
  }

  private void startTimer(Subscription log) {
    tick(log);
    timer = vertx.setPeriodic(settings.heartbeat().toMillis(), id -> tick(log));
  }

  private void tick(Subscription log) {
    core.tick();
    core.measureLag(log);
  }

  /**
   * Stands for election among the coordinators of the namespace, until it is closed. Whenever it is
   * elected it goes on with every sweep; otherwise it stands by.
   *
   * @param address the URL at which it is asked, to be told to those who ask another; empty if
   *     nobody can ask it
   * @return done when it leads or has learned that it was passed over
   */
  public Future<Void> stand(Optional<URI> address) {
    return on(
        () -> {
          Leadership leadership = core.leadership();
          candidacy = Optional.of(messaging.stand(settings.election(), leadership::elected));
          return leadership.stand(address.map(URI::toString));
        });
  }

  private Subscription subscribed(Subscription subscription) {
    subscriptions.add(subscription);
    subscription
        .ended()
        .onFailure(
            e -> {
              LOG.error("the coordinator cannot go on", e);
              core.fail(e);
              candidacy.ifPresent(Candidacy::close);
            });
    return subscription;
  }

  /** Runs {@code task} on the event loop that owns the state. */
  private <T> Future<T> on(Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        now -> {
          try {
            task.get().onComplete(promise);
          } catch (RuntimeException e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }

  /**
   * Adds a sweep. Done when it is in the log; the same sweep again goes on where it was.
   *
   * @param by who asks, for the log
   * @return fails only if this coordinator is not the active one, or Kafka or the results folder
   *     cannot be written
   */
  public Future<Submission> submit(Sweep sweep, String by) {
    return on(() -> submitOnContext(sweep, by));
  }

  /** As {@link #submit(Sweep, String)}, in the name of this coordinator. */
  public Future<Submission> submit(Sweep sweep) {
    return submit(sweep, settings.name());
  }

  private Future<Submission> submitOnContext(Sweep sweep, String by) {
    if (core.term().isEmpty()) {
      return Future.failedFuture(core.notActive());
    }
    Future<Submission> other = submissions.get(sweep.name());
    if (other != null) {
      return other.transform(done -> submitOnContext(sweep, by));
    }
    Optional<SweepRun> known = core.sweeps().run(sweep.name());
    if (known.isPresent()) {
      Submission submission = compared(sweep, known.get().sweep());
      return submission instanceof Submission.AlreadyThere
          ? requireFiles(known.get()).map(submission)
          : Future.succeededFuture(submission);
    }
    if (core.sweeps().unreadable(sweep.name()).isPresent()) {
      return known(sweep.name()).mapEmpty();
    }
    Future<Submission> submission =
        requireActive()
            .compose(term -> create(sweep, term, by))
            .onComplete(done -> submissions.remove(sweep.name()));
    if (!submission.isComplete()) {
      submissions.put(sweep.name(), submission);
    }
    return submission;
  }

  private static Submission compared(Sweep sweep, Sweep known) {
    List<String> differences = sweep.differences(known);
    return differences.isEmpty()
        ? new Submission.AlreadyThere(sweep.name(), known.trialCount())
        : new Submission.Refused(sweep.name(), differences);
  }

  /** Fails where somebody removed files of completed trials: the log cannot give them back. */
  private Future<Void> requireFiles(SweepRun run) {
    List<TrialId> completed =
        run.logged().trials().stream()
            .filter(trial -> trial.state() == TrialState.COMPLETED)
            .map(LoggedTrial::id)
            .toList();
    return vertx.executeBlocking(
        () -> {
          folders.requirePlaced(completed);
          return null;
        },
        false);
  }

  private Future<Submission> create(Sweep sweep, Term term, String by) {
    return term.cleaning()
        .claim(sweep.name())
        .compose(free -> vertx.executeBlocking(() -> document(sweep), false))
        .compose(
            document -> {
              core.sweeps().expect(sweep);
              return term.decisions().submit(sweep.name(), document, sweep.dataSha256(), by);
            })
        .compose(core::counts)
        .onComplete(done -> term.cleaning().release(sweep.name()))
        .map(added -> new Submission.Created(sweep.name(), sweep.trialCount()));
  }

  private String document(Sweep sweep) throws IOException {
    Results empty = new Results(sweep.name(), sweep.columns(), sweep.goal(), List.of());
    folders.create(sweep.name(), sweep.text(), empty);
    return sweep.document();
  }

  private Future<Term> requireActive() {
    return core.term()
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(core.notActive()));
  }

  /** The names of all sweeps, in the order of submission. */
  public List<String> sweeps() {
    return core.views().sweeps();
  }

  /** The latest snapshot of a sweep; empty if there is none of this name. */
  public Optional<SweepView> view(String sweep) {
    return core.views().view(sweep);
  }

  /** Every trial that was queued at least once, by number. */
  public Future<List<TrialView>> trials(String sweep) {
    return on(
        () -> known(sweep).map(run -> run.logged().trials().stream().map(Views::view).toList()));
  }

  /**
   * These trials, queued before or not, in this order.
   *
   * @param numbers from 1 to the sweep's number of trials
   */
  public Future<List<TrialView>> trials(String sweep, List<Integer> numbers) {
    return on(
        () ->
            known(sweep)
                .map(run -> numbers.stream().map(run.logged()::trial).map(Views::view).toList()));
  }

  /** The table of the trials that have ended. */
  public Future<Results> results(String sweep) {
    return on(
        () ->
            known(sweep)
                .compose(
                    run -> {
                      List<LoggedTrial> ended = run.ended();
                      return vertx.executeBlocking(() -> run.results(ended), false);
                    }));
  }

  /** Done when every trial of the sweep has ended and its files are in their place. */
  public Future<SweepView> finished(String sweep) {
    return on(() -> known(sweep).compose(this::finished));
  }

  private Future<SweepView> finished(SweepRun run) {
    Promise<SweepView> promise = Promise.promise();
    run.onFinished(promise);
    core.views().show(run);
    return promise.future();
  }

  private Future<SweepRun> known(String sweep) {
    String reason =
        core.sweeps()
            .unreadable(sweep)
            .map(text -> "sweep '%s' is in the log and cannot go on: %s".formatted(sweep, text))
            .orElse("there is no sweep '%s'".formatted(sweep));
    return core.sweeps()
        .run(sweep)
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(new UnknownSweepException(reason)));
  }

  /** What this coordinator was told. */
  public CoordinatorSettings settings() {
    return settings;
  }

  /** The sweep as it was submitted. */
  public Future<Sweep> sweep(String name) {
    return on(() -> known(name).map(SweepRun::sweep));
  }

  /** One trial, queued before or not. */
  public Future<TrialView> trial(TrialId trial) {
    return on(() -> known(trial).map(run -> Views.view(run.logged().trial(trial.number()))));
  }

  private Future<SweepRun> known(TrialId trial) {
    return known(trial.sweep())
        .map(
            run -> {
              if (trial.number() > run.sweep().trialCount()) {
                throw new UnknownTrialException(trial, run.sweep().trialCount());
              }
              return run;
            });
  }

  /** The records of Kafka that could not be read. */
  public Future<UnreadableList> unreadable() {
    return on(() -> Future.succeededFuture(core.unreadable()));
  }

  /** The workers that are heard, by name. */
  public Future<List<WorkerView>> workers() {
    return on(() -> Future.succeededFuture(core.workers()));
  }

  /**
   * Queues no further trials of the sweep; running ones go on.
   *
   * @param by who asks, for the log
   */
  public Future<Void> pause(String sweep, String by) {
    return command(sweep, Optional.empty(), Command.PAUSE, by);
  }

  /** Ends a pause. */
  public Future<Void> resume(String sweep, String by) {
    return command(sweep, Optional.empty(), Command.RESUME, by);
  }

  /** Gives up every trial of the sweep that has not ended; running ones are stopped. */
  public Future<Void> cancel(String sweep, String by) {
    return command(sweep, Optional.empty(), Command.CANCEL, by);
  }

  /** Gives up one trial. */
  public Future<Void> cancel(TrialId trial, String by) {
    return command(trial, Command.CANCEL, by);
  }

  /** Queues the sweep's failed and cancelled trials again. */
  public Future<Void> retry(String sweep, String by) {
    return command(sweep, Optional.empty(), Command.RETRY, by);
  }

  /** Queues one failed or cancelled trial again. */
  public Future<Void> retry(TrialId trial, String by) {
    return command(trial, Command.RETRY, by);
  }

  private Future<Void> command(TrialId trial, Command command, String by) {
    return on(() -> requireActive().compose(active -> known(trial)))
        .compose(run -> command(trial.sweep(), Optional.of(trial), command, by));
  }

  private Future<Void> command(String sweep, Optional<TrialId> trial, Command command, String by) {
    return on(
        () ->
            requireActive()
                .compose(term -> known(sweep).map(term))
                .compose(term -> term.decisions().command(sweep, trial, command, by))
                .compose(core::counts));
  }

  /** How this coordinator is. */
  public Future<Readiness> readiness() {
    return on(
        () -> {
          Readiness without = core.readiness();
          return probe.trouble().map(trouble -> with(without, trouble));
        });
  }

  private static Readiness with(Readiness readiness, Optional<String> trouble) {
    List<String> problems = new ArrayList<>(readiness.problems());
    trouble.ifPresent(problems::add);
    return new Readiness(
        readiness.isAlive(),
        readiness.isActive(),
        readiness.leader(),
        readiness.leaderAddress(),
        problems);
  }

  /** What {@link #delete} would remove. */
  public Future<Usage> usage(String sweep) {
    return on(() -> logged(sweep)).compose(known -> usageOf(sweep));
  }

  private Future<Usage> usageOf(String sweep) {
    return vertx.executeBlocking(() -> folders.usage(sweep), false);
  }

  /** As {@link #known(String)}, of a sweep that cannot go on here too. */
  private Future<LoggedSweep> logged(String sweep) {
    return core.logged(sweep)
        .map(Future::succeededFuture)
        .orElseGet(() -> known(sweep).map(SweepRun::logged));
  }

  /**
   * Removes a sweep and its files for ever; its trials that run are stopped. Done when its files
   * are gone, or could not be removed yet. The name may be given anew.
   *
   * @return what was removed so far; fails as {@link #pause(String, String)} does
   */
  public Future<Usage> delete(String sweep, String by) {
    return on(
        () ->
            requireActive()
                .compose(term -> logged(sweep).map(term))
                .compose(term -> usageOf(sweep).compose(usage -> delete(sweep, by, term, usage))));
  }

  private Future<Usage> delete(String sweep, String by, Term term, Usage usage) {
    return term.decisions()
        .command(sweep, Optional.empty(), Command.DELETE, by)
        .compose(core::counts)
        .compose(read -> requireActive())
        .compose(still -> still.cleaning().deleted(sweep).map(usage).otherwise(Usage.NONE));
  }

  /**
   * What {@link #prune} would remove.
   *
   * @param best as there
   */
  public Future<Pruning> prunable(String sweep, int best) {
    return on(() -> known(sweep).compose(run -> prunable(run, run.prunable(), best)));
  }

  private Future<Pruning> prunable(SweepRun run, List<Integer> trials, int best) {
    List<Integer> kept = trials.stream().limit(best).toList();
    List<Integer> others = trials.stream().skip(best).toList();
    return vertx.executeBlocking(
        () -> new Pruning(kept, folders.prunable(run.sweep().name(), others)), false);
  }

  /**
   * Removes the models and pictures of ended trials for ever; their descriptions, curves and rows
   * of the table stay. Done when the files are gone, or could not be removed yet.
   *
   * @param best how many trials, the best by the sweep's goal, keep all their files
   * @param by who asks, for the log
   * @return what was removed
   */
  public Future<Pruning> prune(String sweep, int best, String by) {
    return on(
        () ->
            requireActive()
                .compose(term -> known(sweep).compose(run -> prune(run, best, by, term))));
  }

  private Future<Pruning> prune(SweepRun run, int best, String by, Term term) {
    List<Integer> trials = run.prunable();
    List<Integer> pruned = trials.stream().skip(best).sorted().toList();
    return prunable(run, trials, best)
        .compose(
            pruning ->
                pruned.isEmpty()
                    ? Future.succeededFuture(pruning)
                    : prune(run, pruned, by, term)
                        .compose(still -> done(still.cleaning().prune(run), pruning)));
  }

  // That it is decided is in the log, so the files go sooner or later.
  private static Future<Pruning> done(Future<Void> removed, Pruning pruning) {
    return removed.map(pruning).otherwise(pruning.undone());
  }

  private Future<Term> prune(SweepRun run, List<Integer> trials, String by, Term term) {
    return term.decisions()
        .prune(run.sweep().name(), trials, by)
        .compose(core::counts)
        .compose(read -> requireActive());
  }

  /** Whether the models and pictures of a trial were removed by {@link #prune}. */
  public Future<Boolean> isPruned(TrialId trial) {
    return on(() -> known(trial).map(run -> run.logged().pruned(trial.number())));
  }

  /** Tells {@code observer} of everything from now on, until the result is closed. */
  public AutoCloseable observe(Observer observer) {
    return core.views().observe(observer);
  }

  /**
   * Ends within a few seconds. Trials go on in the workers; a coordinator that stands by takes over
   * at once.
   */
  public Future<Void> close() {
    return on(this::closeOnContext);
  }

  private Future<Void> closeOnContext() {
    vertx.cancelTimer(timer);
    core.fail(new IllegalStateException("the coordinator was closed"));
    List<Future<Void>> closing = new ArrayList<>();
    candidacy.map(Candidacy::close).ifPresent(closing::add);
    subscriptions.stream().map(Subscription::close).forEach(closing::add);
    return bounded(Future.join(closing).mapEmpty())
        .eventually(() -> bounded(messaging.close()))
        .otherwiseEmpty();
  }

  private static Future<Void> bounded(Future<Void> closing) {
    return closing.timeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
