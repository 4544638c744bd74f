package dev.elbow.messaging;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a part of Elbow must be allowed to do, where a cluster has access control.
 *
 * @param topics the operations on each topic
 * @param group that it reads as a member of
 */
record Rights(Map<String, List<AclOperation>> topics, String group) {

  static Rights ofCoordinator(Topics names) {
    Map<String, List<AclOperation>> topics = new LinkedHashMap<>();
    topics.put(names.trials(), List.of(READ, WRITE, DESCRIBE_CONFIGS));
    topics.put(names.events(), List.of(READ, WRITE, DESCRIBE_CONFIGS));
    topics.put(names.metrics(), List.of(READ, DESCRIBE_CONFIGS));
    topics.put(names.heartbeats(), List.of(READ, WRITE, DESCRIBE_CONFIGS));
    topics.put(names.control(), List.of(WRITE, DESCRIBE_CONFIGS));
    return new Rights(topics, names.coordinators());
  }

  static Rights ofWorker(Topics names) {
    Map<String, List<AclOperation>> topics = new LinkedHashMap<>();
    topics.put(names.trials(), List.of(READ));
    topics.put(names.events(), List.of(WRITE));
    topics.put(names.metrics(), List.of(WRITE));
    topics.put(names.heartbeats(), List.of(WRITE));
    topics.put(names.control(), List.of(READ));
    return new Rights(topics, names.workers());
  }

  /** The operations on a topic that are wanted and not granted, as Kafka's tools name them. */
  String missing(String topic, Set<AclOperation> granted) {
    return topics.getOrDefault(topic, List.of()).stream()
        .filter(operation -> !granted.contains(operation))
        .map(Rights::name)
        .collect(Collectors.joining(" and "));
  }

  /** All operations on a topic. */
  String all(String topic) {
    return topics.getOrDefault(topic, List.of()).stream()
        .map(Rights::name)
        .collect(Collectors.joining(" and "));
  }

  /** {@code DescribeConfigs} for {@code DESCRIBE_CONFIGS}. */
  private static String name(AclOperation operation) {
    return java.util.Arrays.stream(operation.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }
}
