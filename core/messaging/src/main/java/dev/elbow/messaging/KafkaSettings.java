package dev.elbow.messaging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How Kafka is reached.
 *
 * @param bootstrapServers {@code HOST:PORT,…}
 * @param namespace prefix of topics and groups, so that several systems can share a cluster
 * @param properties of Kafka's clients, for TLS, SASL or tuning; given to every client. What
 *     Elbow's guarantees stand on cannot be set
 */
public record KafkaSettings(
    String bootstrapServers, String namespace, Map<String, String> properties) {
  private static final String NAMESPACE = "[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}";
  private static final List<String> OWN =
      List.of(
          "acks",
          "auto.offset.reset",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "key.deserializer",
          "key.serializer",
          "max.poll.records",
          "share.acknowledgement.mode",
          "share.acquire.mode",
          "transactional.id",
          "value.deserializer",
          "value.serializer");
  private static final Pattern SECRET = Pattern.compile("password|secret|jaas|token|\\.key$");
  // Name and password of a user stand so in sasl.jaas.config.
  private static final Pattern QUOTED = Pattern.compile("password\\s*=\\s*[\"']([^\"']+)[\"']");
  // A sweep's document is one event, and Kafka's own limit is one megabyte.
  static final int LARGEST_RECORD_BYTES = 8 << 20;

  /**
   * Checks everything that needs no connection.
   *
   * @throws MessagingException with all problems
   */
  public KafkaSettings {
    properties = Map.copyOf(properties);
    List<String> problems = new ArrayList<>();
    if (!bootstrapServers.matches("[^:,\\s]\\S*:\\d+(,\\S+:\\d+)*")) {
      problems.add("kafka: found '%s', expected HOST:PORT,…".formatted(bootstrapServers));
    }
    if (!namespace.matches(NAMESPACE)) {
      problems.add(
          "namespace: found '%s', expected letters, digits, '.', '_' and '-', at most 100"
              .formatted(namespace));
    }
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              if (OWN.contains(key)) {
                problems.add(
                    "%s: found '%s', expected nothing: Elbow sets it".formatted(key, value));
              }
            });
    if (!problems.isEmpty()) {
      throw new MessagingException(problems);
    }
  }

  /** The namespace {@code elbow} on an open cluster. */
  public static KafkaSettings at(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, "elbow", Map.of());
  }

  /** Without the values of the properties: there are passwords among them. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=%s, namespace=%s, properties=%s]"
        .formatted(bootstrapServers, namespace, new TreeMap<>(properties).keySet());
  }

  /** A text in which whatever is secret among the properties, passwords above all, is hidden. */
  String masked(String text) {
    String masked = text;
    for (Map.Entry<String, String> property : properties.entrySet()) {
      if (SECRET.matcher(property.getKey()).find()) {
        masked = hidden(masked, property.getValue());
        Matcher quoted = QUOTED.matcher(property.getValue());
        while (quoted.find()) {
          masked = hidden(masked, quoted.group(1));
        }
      }
    }
    return masked;
  }

  private static String hidden(String text, String secret) {
    return secret.isBlank() ? text : text.replace(secret, "[hidden]");
  }

  /** The topics and groups of the namespace. */
  public Topics topics() {
    return new Topics(namespace);
  }

  /** For an {@link org.apache.kafka.clients.admin.Admin}. */
  Map<String, Object> admin() {
    return new HashMap<>(clients(Map.of()));
  }

  /** For records that must not be lost: they are kept and sent for minutes while Kafka is away. */
  Map<String, String> durableProducer() {
    return clients(
        Map.of(
            "acks", "all",
            "enable.idempotence", "true",
            "key.serializer", StringSerializer.class.getName(),
            "value.serializer", ByteArraySerializer.class.getName(),
            "max.request.size", String.valueOf(LARGEST_RECORD_BYTES)),
        Map.of("linger.ms", "0", "delivery.timeout.ms", "600000"));
  }

  /** For records that are worth nothing a few seconds later. */
  Map<String, String> transientProducer() {
    return clients(
        Map.of(
            "acks",
            "1",
            "enable.idempotence",
            "false",
            "key.serializer",
            StringSerializer.class.getName(),
            "value.serializer",
            ByteArraySerializer.class.getName()),
        Map.of(
            "linger.ms", "0",
            "max.in.flight.requests.per.connection", "1",
            "max.block.ms", "2000",
            "request.timeout.ms", "3000",
            "delivery.timeout.ms", "4000"));
  }

  Map<String, String> consumer(String offsetReset) {
    return clients(
        Map.of(
            "enable.auto.commit",
            "false",
            "auto.offset.reset",
            offsetReset,
            "key.deserializer",
            StringDeserializer.class.getName(),
            "value.deserializer",
            ByteArrayDeserializer.class.getName()),
        // Records are answered with at once, and their absence after this time. Twice a second,
        // Kafka's default, is on one machine time that training loses.
        Map.of("fetch.max.wait.ms", "10000"));
  }

  /**
   * For a member of the group of coordinators. The sticky assignor lets the leader keep its
   * partition when somebody joins; the heartbeat is short because that is how the others learn of a
   * death.
   */
  Map<String, String> candidate(Candidacy.Terms terms) {
    long session = terms.session().toMillis();
    Map<String, String> member = new HashMap<>(consumer("latest"));
    member.put("group.id", topics().coordinators());
    member.put("group.protocol", "classic");
    member.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    member.put("session.timeout.ms", String.valueOf(session));
    member.put("heartbeat.interval.ms", String.valueOf(session / 16));
    member.put("max.poll.interval.ms", String.valueOf(2 * session));
    member.put("max.poll.records", "1");
    // It reads nothing, but may have asked once before it is told so, and closing waits for that.
    member.put("fetch.max.wait.ms", "100");
    terms.seat().ifPresent(seat -> member.put("group.instance.id", seat));
    return member;
  }

  Map<String, Object> shareConsumer() {
    return new HashMap<>(
        clients(
            Map.of(
                "group.id", topics().workers(),
                "share.acknowledgement.mode", "explicit",
                "share.acquire.mode", "record_limit",
                "max.poll.records", "1"),
            // A slot that trains does not poll, and must stay a member for as long as that takes.
            Map.of("max.poll.interval.ms", String.valueOf(Integer.MAX_VALUE))));
  }

  private Map<String, String> clients(Map<String, String> fixed) {
    return clients(fixed, Map.of());
  }

  private Map<String, String> clients(Map<String, String> fixed, Map<String, String> defaults) {
    Map<String, String> all = new HashMap<>(defaults);
    all.put("enable.metrics.push", "false");
    all.putAll(properties);
    all.putAll(fixed);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }
}
