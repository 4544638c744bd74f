package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientFiguresIT extends MessagingFixture {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Messaging measured;

  @BeforeEach
  void measure() {
    measured = Messaging.open(kafka.vertx(), settings, "worker", registry);
  }

  @Test
  void countsWhatWasSentAndReadByUseAndNotByClient() throws Exception {
    Subscription first = measured.events().subscribe(heard -> {});
    Subscription second = measured.events().subscribe(heard -> {});
    for (int trial = 1; trial <= 3; trial++) {
      await(measured.events().publish(Samples.queued(trial)));
    }
    await().until(() -> value("kafka_consumer_records_total", "events") == 6);
    assertEquals(3, value("kafka_producer_records_total", "durable"));
    assertTrue(value("kafka_producer_request_latency_seconds", "durable") > 0);
    assertTrue(value("kafka_consumer_connections", "events") >= 2);
    await(first.close());
    await(second.close());
    await(measured.close());
  }

  @Test
  void aTotalNeverFallsWhenAClientGoes() throws Exception {
    await(measured.trials().send(Samples.queuedTrial(1)));
    TrialQueueConsumer stays = measured.slot("stays");
    TrialQueueConsumer goes = measured.slot("goes");
    assertTrue(goes.take(Kafka.PATIENCE).isPresent());
    assertTrue(goes.accept());
    // Kafka's client counts a record when it is asked for the next.
    assertTrue(goes.take(Duration.ofMillis(1)).isEmpty());
    assertEquals(1, value("kafka_consumer_records_total", "trials"), registry::scrape);
    goes.close();
    assertEquals(1, value("kafka_consumer_records_total", "trials"));
    stays.close();
    await(measured.close());
  }

  @Test
  void nothingStaysOfClientsThatAreGone() throws Exception {
    Subscription log = measured.events().subscribe(heard -> {});
    await(log.caughtUp());
    assertTrue(registry.scrape().contains("kafka_"));
    await(log.close());
    await(measured.close());
    assertFalse(registry.scrape().contains("kafka_"), registry.scrape());
  }

  @Test
  void asksForTheEndOfATopic() throws Exception {
    Subscription log = measured.events().subscribe(heard -> {});
    await(log.caughtUp());
    assertEquals(0, await(log.end()));
    await(measured.events().publish(Samples.queued(1)));
    assertEquals(1, await(log.end()));
    await(log.close());
    await(measured.close());
  }

  @Test
  void partsOfOneProcessAreToldApart() throws Exception {
    Messaging other = Messaging.open(kafka.vertx(), settings, "coordinator", registry);
    await(other.events().publish(Samples.queued(1)));
    assertEquals(0, value("kafka_producer_records_total", "durable"));
    String theirs = "kafka_producer_records_total{client=\"durable\",part=\"coordinator\"} 1.0";
    assertTrue(registry.scrape().contains(theirs), registry.scrape());
    await(other.close());
    await(measured.close());
  }

  private double value(String name, String client) {
    Pattern line =
        Pattern.compile("(?m)^%s\\{client=\"%s\",part=\"worker\"} (\\S+)$".formatted(name, client));
    List<String> found = line.matcher(registry.scrape()).results().map(r -> r.group(1)).toList();
    return found.isEmpty() ? -1 : Double.parseDouble(found.get(0));
  }
}
