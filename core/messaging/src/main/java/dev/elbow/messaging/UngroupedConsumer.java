package dev.elbow.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/** A consumer of no group, which has nobody to say goodbye to. */
final class UngroupedConsumer<K, V> extends KafkaConsumer<K, V> {
  UngroupedConsumer(Map<String, String> settings, Deserializer<K> keys, Deserializer<V> values) {
    super(new HashMap<String, Object>(settings), keys, values);
  }

  // Kafka's own waits for the answer to its last fetch, which comes after seconds where there is
  // nothing to fetch.
  @Override
  public void close() {
    close(CloseOptions.timeout(Duration.ZERO));
  }
}
