package dev.elbow.trainer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialId;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerMetricsTest {
  private static final TrialId TRIAL = new TrialId("mnist-beta", 7);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WorkerMetrics metrics = new WorkerMetrics(registry, new RunningTrials(), 2);

  private static Evaluation evaluation(double reconstruction) {
    Losses losses = new Losses(reconstruction, 25);
    return new Evaluation(
        1, 10, 100, losses, Optional.of(losses), losses, List.of(), List.of(), 2.5, 1000);
  }

  @Test
  void tellsOfTheWorkerUnderTheNamesThatArePromised() {
    metrics.trained(640);
    metrics.evaluated(TRIAL, evaluation(80));
    metrics.exported(2e-6);
    shows(
        "elbow_images_total 640.0",
        "elbow_epoch_seconds_count 1",
        "elbow_epoch_seconds_sum 2.5",
        "elbow_epoch_seconds_bucket{le=\"1.0\"} 0",
        "elbow_epoch_seconds_bucket{le=\"10.0\"} 1",
        "elbow_slots{state=\"busy\"} 0.0",
        "elbow_slots{state=\"free\"} 2.0",
        "elbow_onnx_max_abs_error_count 1",
        "elbow_onnx_max_abs_error_sum 2.0E-6",
        "elbow_onnx_max_abs_error_max 2.0E-6");
  }

  @Test
  void showsTheLastLossesOfARunningTrialAndTakesThemAwayWithIt() {
    metrics.evaluated(TRIAL, evaluation(90));
    metrics.evaluated(TRIAL, evaluation(80));
    for (String split : List.of("train", "validation", "test")) {
      shows(loss(split, "reconstruction") + " 80.0", loss(split, "kl") + " 25.0");
    }
    metrics.forget(TRIAL);
    assertFalse(registry.scrape().contains("mnist-beta"), registry.scrape());
  }

  @Test
  void leavesNothingBehind() {
    metrics.evaluated(TRIAL, evaluation(90));
    metrics.close();
    assertFalse(registry.scrape().contains("elbow_"), registry.scrape());
  }

  private static String loss(String split, String term) {
    return "elbow_trial_loss_nats{split=\"%s\",sweep=\"mnist-beta\",term=\"%s\",trial=\"0007\"}"
        .formatted(split, term);
  }

  private void shows(String... lines) {
    String text = registry.scrape();
    for (String line : lines) {
      assertTrue(text.contains("\n" + line + "\n"), () -> line + " is missing in\n" + text);
    }
  }
}
