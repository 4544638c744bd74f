package dev.elbow.broker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.quota.ControllerMutationQuota;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * The parts of a Kafka server in the order in which Kafka's own {@link KafkaRaftServer} puts them
 * together; that class itself takes neither sockets nor a limit for its shutdown.
 */
final class Node {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private static final Set<String> TOPICS_OF_GROUPS =
      Set.of(Topic.GROUP_METADATA_TOPIC_NAME, Topic.SHARE_GROUP_STATE_TOPIC_NAME);

  private final Metrics metrics;
  private final ControllerServer controller;
  private final BrokerServer broker;

  Node(Properties properties, Sockets sockets) {
    KafkaConfig config = KafkaConfig.fromProps(properties, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> folder =
        KafkaRaftServer.initializeLogDirs(config, log, "");
    String cluster = folder._1().clusterId().orElseThrow();
    metrics = Server.initializeMetrics(config, Time.SYSTEM, cluster);
    QuorumConfig quorum = config.quorumConfig();
    SharedServer shared =
        new SharedServer(
            config,
            folder._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            new StandardFaultHandlerFactory(),
            sockets);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folder._2());
  }

  /** Returns when clients can be served. What a failed start leaves behind goes with stop. */
  void start() {
    controller.startup();
    broker.startup();
    makeTopicsOfGroups();
  }

  // Otherwise the first group has them made, does not wait for that, and tries again a second
  // later.
  private void makeTopicsOfGroups() {
    Set<String> missing = new HashSet<>(TOPICS_OF_GROUPS);
    missing.removeIf(broker.metadataCache()::contains);
    if (!missing.isEmpty()) {
      broker
          .autoTopicCreationManager()
          .createTopics(missing, ControllerMutationQuota.UNBOUNDED_CONTROLLER_MUTATION_QUOTA);
    }
  }

  /**
   * Stops in the order that lets the broker say goodbye to its controller.
   *
   * @param limit for the goodbye; what is not moved by then is found by the next start
   */
  void stop(Duration limit) {
    try (metrics) {
      broker.shutdown(limit);
      controller.shutdown();
    }
  }
}
