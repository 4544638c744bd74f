package dev.elbow.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What Elbow cannot do without in the settings of a topic that somebody else may have created. What
 * only wastes space or is a matter of taste is left to them.
 */
final class TopicRules {
  private static final Duration QUEUE = Duration.ofDays(1);
  private static final Duration WORDS = Duration.ofHours(1);

  private final Topics names;
  private final List<Rule> rules;

  TopicRules(Topics names) {
    this.names = names;
    this.rules =
        List.of(
            only(names.trials(), "cleanup.policy", "delete", "a trial that waits is forgotten"),
            atLeast(names.trials(), "retention.ms", QUEUE, "a trial that waits is forgotten"),
            only(names.trials(), "retention.bytes", "-1", "a trial that waits is forgotten"),
            large(names.trials(), "a large trial cannot be queued"),
            only(names.events(), "cleanup.policy", "delete", "decisions are forgotten"),
            only(names.events(), "retention.ms", "-1", "decisions are forgotten"),
            only(names.events(), "retention.bytes", "-1", "decisions are forgotten"),
            large(names.events(), "a large sweep cannot be submitted"),
            only(names.metrics(), "cleanup.policy", "delete", "curves have holes"),
            only(names.heartbeats(), "cleanup.policy", "delete", "live workers are not heard"),
            only(
                names.heartbeats(),
                "message.timestamp.type",
                "LogAppendTime",
                "a worker whose clock is late is not heard"),
            atLeast(names.control(), "retention.ms", WORDS, "a cancel does not reach everybody"));
  }

  /**
   * One demand on one setting.
   *
   * @param value that would do
   * @param otherwise what happens if it is not met
   */
  private record Rule(
      String topic,
      String key,
      Predicate<String> met,
      String expected,
      String value,
      String otherwise) {}

  private static Rule only(String topic, String key, String value, String otherwise) {
    return new Rule(topic, key, value::equals, value, value, otherwise);
  }

  private static Rule atLeast(String topic, String key, Duration least, String otherwise) {
    String millis = String.valueOf(least.toMillis());
    return new Rule(
        topic,
        key,
        found -> Long.parseLong(found) < 0 || Long.parseLong(found) >= least.toMillis(),
        "-1 or at least " + millis,
        "-1",
        otherwise);
  }

  private static Rule large(String topic, String otherwise) {
    int least = KafkaSettings.LARGEST_RECORD_BYTES;
    return new Rule(
        topic,
        "max.message.bytes",
        found -> Long.parseLong(found) >= least,
        "at least " + least,
        String.valueOf(least),
        otherwise);
  }

  /**
   * What is wrong with a topic, a sentence each.
   *
   * @param partitions how many it has
   * @param copies of each partition
   * @param settings Kafka's, by key; without those that are not known
   */
  List<String> problems(String topic, int partitions, int copies, Map<String, String> settings) {
    List<String> problems = new ArrayList<>(partitions(topic, partitions).stream().toList());
    rules.stream()
        .filter(rule -> rule.topic().equals(topic) && settings.containsKey(rule.key()))
        .filter(rule -> !rule.met().test(settings.get(rule.key())))
        .map(rule -> sentence(rule, settings.get(rule.key())))
        .forEach(problems::add);
    Optional.ofNullable(settings.get("min.insync.replicas"))
        .flatMap(found -> inSync(topic, copies, found))
        .ifPresent(problems::add);
    return problems;
  }

  /** A queue balances best over one partition, and the order of the others is worth more. */
  static Optional<String> partitions(String topic, int found) {
    return found == 1
        ? Optional.empty()
        : Optional.of(
            "topic %s: found %d partitions, expected 1; it cannot be narrowed: delete it, and a coordinator creates it anew"
                .formatted(topic, found));
  }

  private static String sentence(Rule rule, String found) {
    return "topic %s: found %s=%s, expected %s, or %s; %s"
        .formatted(
            rule.topic(),
            rule.key(),
            found,
            rule.expected(),
            rule.otherwise(),
            remedy(rule.topic(), rule.key(), rule.value()));
  }

  private Optional<String> inSync(String topic, int copies, String found) {
    int inSync = Integer.parseInt(found);
    boolean lasting = topic.equals(names.trials()) || topic.equals(names.events());
    int least = copies >= 3 && lasting ? 2 : 1;
    if (inSync >= least && inSync <= copies) {
      return Optional.empty();
    }
    String otherwise =
        inSync > copies ? "nothing can be written" : "what one broker acknowledged can be lost";
    return Optional.of(
        "topic %s: found min.insync.replicas=%d with %d copies, expected %d to %d, or %s; %s"
            .formatted(
                topic,
                inSync,
                copies,
                least,
                copies,
                otherwise,
                remedy(topic, "min.insync.replicas", String.valueOf(least))));
  }

  private static String remedy(String topic, String key, String value) {
    return "kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s"
        .formatted(topic, key, value);
  }
}
