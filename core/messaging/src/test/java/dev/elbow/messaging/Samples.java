package dev.elbow.messaging;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.Evaluation;
import dev.elbow.api.FailureKind;
import dev.elbow.api.Losses;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.ScoreChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One record of each kind, with the name of its golden file. */
final class Samples {
  static final TrialId TRIAL = new TrialId("mnist-beta", 7);
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  private Samples() {}

  /** A record and the type that its topic is of. */
  record Sample(Class<?> topic, Object value) {}

  static Map<String, Sample> all() {
    Map<String, Sample> all = new LinkedHashMap<>();
    events().forEach((name, event) -> all.put("event-" + name, new Sample(Event.class, event)));
    controls().forEach((name, word) -> all.put("control-" + name, new Sample(Control.class, word)));
    all.put("metricPoint", new Sample(MetricPoint.class, metricPoint()));
    all.put("heartbeat", new Sample(Heartbeat.class, heartbeat("worker-1", 3)));
    all.put("queuedTrial", new Sample(QueuedTrial.class, queuedTrial(7)));
    all.put("queuedTrial-scores", new Sample(QueuedTrial.class, scored(queuedTrial(7))));
    return all;
  }

  private static Map<String, Event> events() {
    Map<String, Event> all = new LinkedHashMap<>();
    all.put("leader", new Event.Leader(3, "coordinator-1", Optional.empty(), AT));
    all.put(
        "leader-address",
        new Event.Leader(3, "coordinator-1", Optional.of("http://127.0.0.1:8080"), AT));
    all.put("sweepSubmitted", submitted("name: mnist-beta\nβ: [1, 2]\n"));
    all.put(
        "sweepSubmitted-by",
        submitted("name: mnist-beta\nβ: [1, 2]\n", Optional.of("write at 10.0.0.7")));
    all.put("precisionChosen", new Event.PrecisionChosen(3, "mnist-beta", "bf16", AT));
    all.put("queued", queued(7));
    all.put("queued-again", new Event.Queued(3, TRIAL, 2, Optional.of("silent for 15 s"), AT));
    all.put("committed", new Event.Committed(3, TRIAL, 2, AT));
    all.put("givenUp", new Event.GivenUp(3, TRIAL, failed(FailureKind.WORKER_LOST), AT));
    all.put("commanded", commanded(Optional.empty(), Event.Command.PAUSE));
    all.put("commanded-trial", commanded(Optional.of(TRIAL), Event.Command.CANCEL));
    all.put("commanded-delete", commanded(Optional.empty(), Event.Command.DELETE));
    all.put("pruned", new Event.Pruned(3, "mnist-beta", List.of(7, 12), "somebody", AT));
    all.put("cleared", new Event.Cleared(3, "mnist-beta", List.of(7, 12), AT));
    all.put("cleared-sweep", new Event.Cleared(3, "mnist-beta", List.of(), AT));
    all.put("started", new Event.Started(TRIAL, 2, "f00d", "worker-1", 1, AT));
    all.put("ended-completed", ended(completed()));
    all.put("ended-completed-scores", ended(scored()));
    all.put("ended-stopped", ended(new TrialOutcome.Stopped(Optional.empty(), "cancelled", 0.5)));
    all.put("ended-failed", ended(failed(FailureKind.DIVERGED)));
    all.put("handedBack", new Event.HandedBack(TRIAL, 2, "f00d", "worker-1", AT));
    all.put("declined", new Event.Declined(TRIAL, 2, "worker-1", "no plugin encoder/conv", AT));
    return all;
  }

  private static Map<String, Control> controls() {
    return Map.of(
        "stop", new Control.Stop(TRIAL, 2, "cancelled"), "lost", new Control.Lost(TRIAL, "f00d"));
  }

  static Event queued(int number) {
    return new Event.Queued(3, new TrialId("mnist-beta", number), 1, Optional.empty(), AT);
  }

  static Event submitted(String document) {
    return submitted(document, Optional.empty());
  }

  private static Event submitted(String document, Optional<String> by) {
    return new Event.SweepSubmitted(3, "mnist-beta", document, "ab12", by, AT);
  }

  static Heartbeat heartbeat(String worker, long sequence) {
    return new Heartbeat(
        worker,
        sequence,
        false,
        2,
        new Heartbeat.Capabilities(
            List.of("dataset/idx", "encoder/dense"), List.of("fp32"), "x86_64 AVX2"),
        List.of(execution(0, OptionalDouble.of(109.64)), execution(1, OptionalDouble.empty())));
  }

  static QueuedTrial queuedTrial(int number) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("latent", 10L);
    parameters.put("beta", 0.1);
    parameters.put("encoder.hidden", List.of(512L, 256L));
    return new QueuedTrial(
        new Trial(
            new TrialId("mnist-beta", number),
            parameters,
            -4_611_686_018_427_387_905L,
            new DatasetChoice(plugin("idx", "path", "mnist", "resize", 0L), 0.1, "ab12"),
            plugin("dense", "hidden", List.of(512L, 256L), "activation", "relu"),
            plugin("dense", "hidden", new ArrayList<>(), "activation", "relu"),
            plugin("elbo", "likelihood", "bernoulli", "beta", 0.1),
            10,
            new Training(options("epochs", 10L, "clipNorm", 0.0, "optimizer", adam()))),
        2);
  }

  private static QueuedTrial scored(QueuedTrial queued) {
    Trial trial = queued.trial();
    PluginChoice mig = plugin("mig", "on", "test", "images", 10_000L, "bins", 20L);
    return new QueuedTrial(
        new Trial(
            trial.id(),
            trial.parameters(),
            trial.seed(),
            new DatasetChoice(trial.dataset().choice(), 0.1, "ab12", List.of("3", "9")),
            trial.encoder(),
            trial.decoder(),
            trial.objective(),
            trial.latent(),
            trial.training(),
            List.of(new ScoreChoice(mig))),
        2);
  }

  static MetricPoint metricPoint() {
    return new MetricPoint(TRIAL, 2, "f00d", evaluation());
  }

  private static Event ended(TrialOutcome outcome) {
    Map<String, String> files = Map.of("vae.onnx", "cd34", "encoder.onnx", "ab12", "a.png", "ef56");
    return new Event.Ended(
        TRIAL, 2, "f00d", "worker-1", outcome, "mnist-beta/.attempts/0007/f00d", files, AT);
  }

  private static Event commanded(Optional<TrialId> trial, Event.Command command) {
    return new Event.Commanded(3, "mnist-beta", trial, command, "somebody", AT);
  }

  private static TrialOutcome completed() {
    return new TrialOutcome.Completed(evaluation(), 4.8e-7, 83.25, 41000.5);
  }

  private static TrialOutcome scored() {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("mig", 0.25);
    scores.put("sap_all", 0.125);
    return new TrialOutcome.Completed(evaluation(), 4.8e-7, 83.25, 41000.5, scores);
  }

  private static TrialOutcome.Failed failed(FailureKind kind) {
    return new TrialOutcome.Failed(kind, "loss is NaN at epoch 3, step 1407", 12.5);
  }

  private static Evaluation evaluation() {
    return new Evaluation(
        4,
        1876,
        Double.NaN,
        new Losses(85.12, 24.52),
        Optional.of(new Losses(86, Double.POSITIVE_INFINITY)),
        new Losses(1e23, 2e-3),
        List.of(1.5, 0.0),
        List.of(0.9, 1e-5),
        8.25,
        41000.5);
  }

  private static Heartbeat.Execution execution(int slot, OptionalDouble objective) {
    return new Heartbeat.Execution(
        slot, TRIAL, 2, "f00d", Heartbeat.Phase.TRAINING, 4, 1876, 4690, objective, 41000.5);
  }

  private static PluginChoice plugin(String name, Object... options) {
    return new PluginChoice(name, options(options));
  }

  private static Options options(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Options(values);
  }

  private static Map<String, Object> adam() {
    Map<String, Object> adam = new LinkedHashMap<>();
    adam.put("plugin", "adam");
    adam.put("betas", List.of(0.9, 0.999));
    return adam;
  }
}
