package dev.elbow.trainer;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The figures of a worker, for Prometheus; taken out of the registry at its end. Thread-safe. */
final class WorkerMetrics implements AutoCloseable {
  private static final Duration[] EPOCHS = {
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1)
  };

  private final MeterRegistry registry;
  private final List<Meter> slots = new ArrayList<>();
  private final Counter images;
  private final Timer epochs;
  private final DistributionSummary onnxErrors;
  private final Map<TrialId, TrialLosses> trials = new ConcurrentHashMap<>();

  WorkerMetrics(MeterRegistry registry, RunningTrials running, int slots) {
    this.registry = registry;
    images =
        Counter.builder("elbow.images")
            .description("Training images, each time that one was trained on")
            .register(registry);
    epochs =
        Timer.builder("elbow.epoch")
            .description("Training and evaluation from one evaluation to the next")
            .serviceLevelObjectives(EPOCHS)
            .register(registry);
    onnxErrors =
        DistributionSummary.builder("elbow.onnx.max.abs.error")
            .description("Largest difference between an exported model and the trained one")
            .register(registry);
    slots("busy", running::count);
    slots("free", () -> slots - running.count());
  }

  private void slots(String state, java.util.function.Supplier<Number> count) {
    slots.add(
        Gauge.builder("elbow.slots", count)
            .tag("state", state)
            .description("Slots of this worker")
            .register(registry));
  }

  void trained(long count) {
    images.increment(count);
  }

  void evaluated(TrialId trial, Evaluation evaluation) {
    epochs.record(Duration.ofNanos((long) (evaluation.seconds() * 1e9)));
    trials.computeIfAbsent(trial, id -> new TrialLosses(registry, id)).show(evaluation);
  }

  void exported(double onnxMaxAbsError) {
    onnxErrors.record(onnxMaxAbsError);
  }

  /** The scores of a trial that ends; taken away with its losses. */
  void scored(TrialId trial, Map<String, Double> scores) {
    if (!scores.isEmpty()) {
      trials.computeIfAbsent(trial, id -> new TrialLosses(registry, id)).show(scores);
    }
  }

  @Override
  public void close() {
    List.copyOf(trials.keySet()).forEach(this::forget);
    slots.forEach(registry::remove);
    List.of(images, epochs, onnxErrors).forEach(registry::remove);
  }

  /** Takes a trial's losses away. */
  void forget(TrialId trial) {
    TrialLosses losses = trials.remove(trial);
    if (losses != null) {
      losses.meters.forEach(registry::remove);
    }
  }

  /** The last evaluation of one trial, and its scores. */
  private static final class TrialLosses {
    private final AtomicReference<Evaluation> last = new AtomicReference<>();
    private final List<Meter> meters = new ArrayList<>();
    private final MeterRegistry registry;
    private final TrialId trial;

    TrialLosses(MeterRegistry registry, TrialId trial) {
      this.registry = registry;
      this.trial = trial;
    }

    synchronized void show(Evaluation evaluation) {
      boolean isFirst = last.getAndSet(evaluation) == null;
      if (isFirst) {
        add("train", Evaluation::train);
        add("test", Evaluation::test);
        evaluation.validation().ifPresent(v -> add("validation", e -> e.validation().orElse(v)));
      }
    }

    synchronized void show(Map<String, Double> scores) {
      scores.forEach(
          (score, figure) ->
              meters.add(
                  Gauge.builder("elbow.trial.score", () -> figure)
                      .tags("sweep", trial.sweep(), "trial", trial.folder(), "score", score)
                      .description("Scores of a trial that has ended, by column of results.csv")
                      .register(registry)));
    }

    private void add(String split, java.util.function.Function<Evaluation, Losses> losses) {
      add(split, "reconstruction", () -> losses.apply(last.get()).reconstruction());
      add(split, "kl", () -> losses.apply(last.get()).kl());
    }

    private void add(String split, String term, java.util.function.Supplier<Number> value) {
      Tags tags =
          Tags.of("sweep", trial.sweep(), "trial", trial.folder(), "split", split, "term", term);
      meters.add(
          Gauge.builder("elbow.trial.loss", value)
              .tags(tags)
              .baseUnit("nats")
              .description("Losses of a running trial at its last evaluation")
              .register(registry));
    }
  }
}
