package dev.elbow.trainer.training;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.RatePoint;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Condition;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.training.Evaluator.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One model in training. Belongs to one thread.
 *
 * <p>Its weights, bit for bit, depend on the trial, its data, the processor and the engine's
 * version: not on the number of steps in a call, on what else runs, or on whether it was continued
 * from a {@link #state} and {@link #position} of another trainer.
 */
public final class TrialTrainer implements AutoCloseable {
  /** Enough that a call costs nothing beside its steps. */
  public static final int STEPS_PER_CALL = 100;

  /** Four to each factor of ten over the usual range, its ends included. */
  private static final int RATES = 9;

  private final TrainingTask task;
  private final TrainingPlan plan;
  private final Session session;
  private final Evaluator evaluator;
  private final ScheduledFigures scheduled;
  private final CallLength callLength;
  private final List<Evaluation> evaluations;
  private long step;
  private Totals totals;
  private EpochDraws draws;

  private TrialTrainer(
      TrainingTask task, Session session, TrainingPosition from, int stepsPerCall) {
    this.task = task;
    this.plan = new TrainingPlan(task.trial().training(), task.split().train().length);
    this.session = session;
    this.evaluator = new Evaluator(task, session);
    this.scheduled = ScheduledFigures.of(task.vae(), plan);
    this.callLength = CallLength.of(stepsPerCall, valuesPerStep(task));
    this.evaluations = new ArrayList<>(from.evaluations());
    this.step = from.step();
    this.totals = from.totals();
  }

  /** A model with fresh weights. */
  public static TrialTrainer begin(Engine engine, TrainingTask task, int stepsPerCall) {
    ModelState fresh = ModelState.untrained(InitialWeights.draw(task.vae(), task.trial().seed()));
    return resume(engine, task, stepsPerCall, fresh, TrainingPosition.START);
  }

  /** A model that goes on where another trainer of the same trial was. */
  public static TrialTrainer resume(
      Engine engine,
      TrainingTask task,
      int stepsPerCall,
      ModelState state,
      TrainingPosition position) {
    Session session = engine.open(new SessionSpec(task.vae(), task.trial().training(), state));
    return new TrialTrainer(task, session, position, stepsPerCall);
  }

  /**
   * Trains up to the last evaluation, or until {@code stop} is true, which is asked several times a
   * second.
   *
   * @return whether the end was reached; otherwise calling it again goes on
   * @throws DivergedException as soon as a loss is not finite
   */
  public boolean train(BooleanSupplier stop, TrainingObserver observer) throws DivergedException {
    while (!stop.getAsBoolean()) {
      if (isEvaluationDue()) {
        evaluate(stop, observer);
      } else if (step == plan.steps()) {
        return true;
      } else {
        trainSome(observer);
      }
      if (isEpochOver() && !isEvaluationDue() && step < plan.steps()) {
        observer.epochEnded();
      }
    }
    return false;
  }

  private boolean isEvaluationDue() {
    return plan.isEvaluated(step) && lastEvaluated() < step;
  }

  private boolean isEpochOver() {
    return step % plan.stepsPerEpoch() == 0;
  }

  private long lastEvaluated() {
    return evaluations.isEmpty() ? 0 : evaluations.get(evaluations.size() - 1).step();
  }

  private void trainSome(TrainingObserver observer) throws DivergedException {
    long started = System.nanoTime();
    int count = (int) Math.min(callLength.next(), plan.stepsUntilNextEvent(step));
    Steps steps = draw(count);
    StepSums sums = session.train(steps);
    long nanos = System.nanoTime() - started;
    callLength.took(count, nanos);
    requireFinite(sums);
    int images = steps.batch().images().length;
    step += count;
    totals = totals.plus(sums, images, nanos * 1e-9);
    observer.trained(progress(Totals.NONE.plus(sums, images, nanos * 1e-9)));
  }

  private Steps draw(int count) {
    EpochDraws epoch = draws();
    int[] sizes = new int[count];
    double[] rates = new double[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = plan.batchSize(step + i);
      rates[i] = plan.learningRate(step + i);
    }
    Batch batch = epoch.deal(Arrays.stream(sizes).sum());
    return new Steps(
        batch, sizes, rates, scheduled.at(step, count), epoch.pixels(batch), epoch.kept(batch));
  }

  private EpochDraws draws() {
    if (draws == null || isEpochOver()) {
      draws = new EpochDraws(task, plan.epochOf(step));
      draws.skip(plan.imagesBefore(step));
    }
    return draws;
  }

  private void requireFinite(StepSums sums) throws DivergedException {
    if (!sums.finite()) {
      int last = sums.count() - 1;
      Losses losses = new Losses(sums.reconstruction()[last], sums.kl()[last]);
      double objective = sums.objective()[last];
      throw diverged(
          step + sums.count(),
          "the loss is not finite (objective %s, reconstruction %s, kl %s)"
              .formatted(objective, losses.reconstruction(), losses.kl()));
    }
  }

  private DivergedException diverged(long steps, String what) {
    return new DivergedException(plan.epochsBegun(steps), steps, what);
  }

  private Progress progress(Totals call) {
    return new Progress(
        plan.epochsBegun(step),
        step,
        plan.steps(),
        call.meanObjective(),
        call.images(),
        call.trainingSeconds());
  }

  private void evaluate(BooleanSupplier stop, TrainingObserver observer) throws DivergedException {
    observer.evaluating();
    long started = System.nanoTime();
    Split split = task.split();
    Optional<Measured> validation = evaluator.measure(split.validation(), stop);
    Optional<Measured> test = evaluator.measure(split.test(), stop);
    if (validation.isEmpty() || test.isEmpty()) {
      return;
    }
    totals = totals.withEvaluationSeconds((System.nanoTime() - started) * 1e-9);
    boolean isSplit = split.validation().length > 0;
    add(isSplit ? validation.map(Measured::losses) : Optional.empty(), test.get());
    observer.evaluated(evaluations.get(evaluations.size() - 1));
  }

  /**
   * The losses of a model for many weights of the KL term, from the least weight to the most; empty
   * for any other model, and if {@code stop} became true before the end.
   */
  public List<RatePoint> rates(BooleanSupplier stop) {
    List<RatePoint> points = new ArrayList<>();
    for (double beta : task.vae().weights().map(w -> w.spaced(RATES)).orElse(List.of())) {
      Split split = task.split();
      Optional<Losses> validation = losses(split.validation(), beta, stop);
      Optional<Losses> test = losses(split.test(), beta, stop);
      if (stop.getAsBoolean() || test.isEmpty()) {
        return List.of();
      }
      points.add(new RatePoint(beta, validation, test.get()));
    }
    return points;
  }

  private Optional<Losses> losses(int[] images, double beta, BooleanSupplier stop) {
    return images.length == 0
        ? Optional.empty()
        : evaluator.measure(images, all -> beta, stop).map(Measured::losses);
  }

  private void add(Optional<Losses> validation, Measured test) throws DivergedException {
    if (!test.losses().finite() || validation.filter(losses -> !losses.finite()).isPresent()) {
      throw diverged(
          step,
          "an evaluation is not finite (validation %s, test %s)"
              .formatted(validation.map(Losses::loss), test.losses().loss()));
    }
    evaluations.add(
        new Evaluation(
            plan.epochsBegun(step),
            step,
            totals.meanObjective(),
            totals.losses(),
            validation,
            test.losses(),
            test.klPerDimension(),
            test.muVariances(),
            totals.seconds(),
            totals.imagesPerSecond()));
    totals = Totals.NONE;
  }

  private static long valuesPerStep(TrainingTask task) {
    boolean isDynamic = task.data().description().targets() == Targets.DYNAMIC;
    long pixels = isDynamic ? task.vae().image().size() : 0;
    return task.trial().training().batchSize()
        * (pixels + task.vae().noiseSize() + task.vae().conditionSize() + task.vae().dropoutSize());
  }

  /** What the networks are told of some images, where there are many weights at the usual one. */
  public float[] conditions(int[] images) {
    return new Told(task.vae(), task.data()).of(images, Condition.Beta::usual);
  }

  /** Where it is, to go on from. */
  public TrainingPosition position() {
    return new TrainingPosition(step, totals, evaluations);
  }

  /** Its weights by name: a copy. */
  public Map<String, float[]> parameters() {
    return session.parameters();
  }

  /** Its weights and what the optimizer remembers: a copy. */
  public ModelState state() {
    return session.state();
  }

  /** All evaluations so far. */
  public List<Evaluation> evaluations() {
    return List.copyOf(evaluations);
  }

  /** The model, to compute with; only until {@link #close}. */
  public Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
