package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.completed;
import static dev.elbow.coordinator.TestSystem.sweep;
import static dev.elbow.coordinator.TestSystem.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The text that Prometheus gets from a coordinator. */
class MetricsIT extends HttpFixture {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void tellsHowTrialsGetOnUnderTheNamesThatArePromised() throws Exception {
    system.worker(1, MetricsIT::end);
    submit(sweep("s", 4));
    system.untilTaken(new TrialId("s", 3));
    until(() -> scraped().contains("elbow_trials{state=\"running\"} 1.0"));
    shows(
        "elbow_trials{state=\"queued\"} 1.0",
        "elbow_trials{state=\"completed\"} 1.0",
        "elbow_trials{state=\"failed\"} 1.0",
        "elbow_trials_ended_total{outcome=\"completed\"} 1.0",
        "elbow_trials_ended_total{outcome=\"failed\"} 1.0",
        "elbow_trials_ended_total{outcome=\"stopped\"} 0.0",
        "elbow_trials_failed_total{kind=\"onnx_mismatch\"} 1.0",
        "elbow_trials_failed_total{kind=\"diverged\"} 0.0",
        "elbow_trial_retries_total{reason=\"worker_lost\"} 0.0",
        "elbow_queue_wait_seconds_count 3",
        "elbow_queue_wait_seconds_bucket{le=\"0.1\"} ",
        "elbow_oldest_queued_trial_age_seconds ",
        "elbow_events_total ",
        "# TYPE elbow_event_lag_seconds gauge");
    until(() -> scraped().contains("elbow_workers 1.0"));
  }

  private static Optional<TrialOutcome> end(TrialId trial) {
    return switch (trial.number()) {
      case 1 -> Optional.of(completed(100));
      case 2 ->
          Optional.of(
              new TrialOutcome.Failed(FailureKind.ONNX_MISMATCH, "decoder differs by 1", 1));
      default -> Optional.empty();
    };
  }

  @Test
  void whereTheLogIsReadItsLagIsAboutAHeartbeat() throws Exception {
    submit(sweep("s", 2));
    until(() -> lag() < 1);
    assertTrue(lag() >= 0);
  }

  private double lag() throws Exception {
    String name = "elbow_event_lag_seconds ";
    String line = scraped().lines().filter(text -> text.startsWith(name)).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(name.length()));
  }

  @Test
  void showsKafkaClientsByWhatTheyAreForAndNotOneByOne() throws Exception {
    submit(sweep("s", 1));
    shows(
        "kafka_consumer_records_total{client=\"events\",part=\"coordinator\"} ",
        "kafka_consumer_connections{client=\"election\",part=\"coordinator\"} ",
        "kafka_producer_records_total{client=\"durable\",part=\"coordinator\"} ",
        "kafka_producer_records_total{client=\"fleeting\",part=\"coordinator\"} ");
    assertFalse(scraped().contains("client-id"), scraped());
    assertFalse(scraped().contains("client_id"), scraped());
  }

  @Test
  void whoeverAsksCannotMakeSeries() throws Exception {
    assertEquals(200, ask("GET", "/health/live"));
    assertEquals(404, ask("GET", "/api/sweeps/unknown-1"));
    assertEquals(404, ask("GET", "/api/sweeps/unknown-2"));
    assertEquals(404, ask("GET", "/elsewhere-3"));
    int refused = ask("BREW4", "/api/sweeps");
    shows(
        "elbow_http_response_seconds_count{method=\"GET\",route=\"/health/live\",status=\"200\"} 1",
        "elbow_http_response_seconds_count{method=\"GET\",route=\"/api/sweeps/:sweep\",status=\"404\"} 2",
        "elbow_http_response_seconds_count{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "elbow_http_response_seconds_count{method=\"other\",route=\"none\",status=\"%d\"} 1"
            .formatted(refused),
        "elbow_http_connections ");
    for (String theirs : List.of("unknown-", "elsewhere", "BREW4")) {
      assertFalse(scraped().contains(theirs), scraped());
    }
  }

  private void shows(String... lines) throws Exception {
    String text = scraped();
    for (String line : lines) {
      assertTrue(text.contains("\n" + line), () -> line + " is missing in\n" + text);
    }
  }

  private String scraped() throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url + "/metrics")).build()).body();
  }

  private int ask(String method, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build())
        .statusCode();
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
