package dev.elbow.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;

/** How far the slots have come in the queue of trials. */
final class QueueProgress {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private QueueProgress() {}

  /**
   * The offset below which every record was accepted or given up by Kafka; empty if no slot has
   * come yet, or if this user may not ask. Waits for Kafka's answer.
   *
   * @throws MessagingException if Kafka stays away
   */
  static OptionalLong firstUnsettled(KafkaSettings settings) {
    String group = settings.topics().workers();
    TopicPartition queue = new TopicPartition(settings.topics().trials(), 0);
    ListShareGroupOffsetsSpec spec = new ListShareGroupOffsetsSpec();
    spec.topicPartitions(List.of(queue));
    try (Cluster cluster = Cluster.connect(settings, PATIENCE)) {
      SharePartitionOffsetInfo found =
          cluster
              .ask(
                  admin ->
                      admin
                          .listShareGroupOffsets(Map.of(group, spec))
                          .partitionsToOffsetInfo(group))
              .get(queue);
      // Before a slot has taken anything, the group may be there and have no place.
      boolean isKnown = found != null && found.startOffset() >= 0;
      return isKnown ? OptionalLong.of(found.startOffset()) : OptionalLong.empty();
    } catch (Cluster.Refused e) {
      return OptionalLong.empty();
    }
  }
}
