package dev.elbow.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  @Test
  void givesPropertiesToEveryClient() {
    Map<String, String> security = Map.of("security.protocol", "SASL_SSL", "linger.ms", "7");
    KafkaSettings settings = new KafkaSettings("a:1,b:2", "team", security);
    assertEquals("SASL_SSL", settings.admin().get("security.protocol"));
    assertEquals("SASL_SSL", settings.durableProducer().get("security.protocol"));
    assertEquals("SASL_SSL", settings.transientProducer().get("security.protocol"));
    assertEquals("SASL_SSL", settings.consumer("earliest").get("security.protocol"));
    assertEquals("SASL_SSL", settings.shareConsumer().get("security.protocol"));
    assertEquals("7", settings.durableProducer().get("linger.ms"));
    assertEquals("a:1,b:2", settings.consumer("earliest").get("bootstrap.servers"));
  }

  @Test
  void namesAllProblemsAtOnce() {
    Map<String, String> properties = Map.of("acks", "1", "enable.auto.commit", "true");
    MessagingException e =
        assertThrows(
            MessagingException.class, () -> new KafkaSettings("nowhere", "a b", properties));
    assertEquals(
        List.of(
            "kafka: found 'nowhere', expected HOST:PORT,…",
            "namespace: found 'a b', expected letters, digits, '.', '_' and '-', at most 100",
            "acks: found '1', expected nothing: Elbow sets it",
            "enable.auto.commit: found 'true', expected nothing: Elbow sets it"),
        e.problems());
  }

  @Test
  void putsTheNamespaceBeforeEveryName() {
    Topics topics = new KafkaSettings("a:1", "team", Map.of()).topics();
    assertEquals(
        List.of("team.trials", "team.events", "team.metrics", "team.heartbeats", "team.control"),
        topics.kept(1).stream().map(Topics.Kept::topic).toList());
    assertEquals("team-workers", topics.workers());
    assertEquals("elbow.trials", KafkaSettings.at("a:1").topics().trials());
  }
}
