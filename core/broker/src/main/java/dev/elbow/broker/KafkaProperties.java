package dev.elbow.broker;

import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Kafka's own settings for a small, quiet broker that starts fast and serves share groups. */
final class KafkaProperties {
  private static final String CLIENTS = "CLIENTS";

  private final Properties properties = new Properties();

  private KafkaProperties() {}

  static Properties of(BrokerSettings settings, Sockets sockets) {
    KafkaProperties all = new KafkaProperties();
    all.place(settings, sockets);
    all.replication(Math.max(1, settings.voters().size()));
    all.liveness(settings.voters().size() > 1);
    all.shareGroups();
    all.size();
    settings.properties().forEach(all::set);
    return all.properties;
  }

  private void place(BrokerSettings settings, Sockets sockets) {
    String host = settings.host();
    String reachable = settings.self().map(Voter::host).orElse(host);
    set("process.roles", "broker,controller");
    set("node.id", settings.nodeId());
    set("log.dirs", settings.folder().toAbsolutePath());
    set(
        "listeners",
        "%s://%s:%d,%s://%s:%d"
            .formatted(
                CLIENTS,
                host,
                sockets.clientsPort(),
                Folder.CONTROLLER_LISTENER,
                host,
                sockets.controllerPort()));
    set("advertised.listeners", CLIENTS + "://" + reachable + ":" + sockets.clientsPort());
    set("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    set("controller.listener.names", Folder.CONTROLLER_LISTENER);
    set("inter.broker.listener.name", CLIENTS);
    set("controller.quorum.voters", voters(settings, reachable, sockets.controllerPort()));
    set("auto.create.topics.enable", false);
  }

  private static String voters(BrokerSettings settings, String host, int controllerPort) {
    if (settings.voters().isEmpty()) {
      return new Voter(settings.nodeId(), host, controllerPort).toString();
    }
    return settings.voters().stream().map(Voter::toString).collect(Collectors.joining(","));
  }

  private void replication(int nodes) {
    int copies = Math.min(3, nodes);
    int inSync = copies == 3 ? 2 : 1;
    set("default.replication.factor", copies);
    set("min.insync.replicas", inSync);
    set("offsets.topic.replication.factor", copies);
    for (String topic : List.of("transaction.state.log", "share.coordinator.state.topic")) {
      set(topic + ".replication.factor", copies);
      set(topic + ".min.isr", inSync);
    }
    // Each partition costs files and start time, and there are few groups to share them.
    set("offsets.topic.num.partitions", nodes);
    set("transaction.state.log.num.partitions", nodes);
    set("share.coordinator.state.topic.num.partitions", nodes);
  }

  private void liveness(boolean cluster) {
    set("group.initial.rebalance.delay.ms", 0);
    if (!cluster) {
      // After a crash a broker waits until its former self has run out of this time.
      set("broker.session.timeout.ms", 3000);
      set("broker.heartbeat.interval.ms", 1000);
      // Twice a second Kafka writes a record that says nothing, for other controllers to follow.
      set("metadata.max.idle.interval.ms", 60_000);
    }
  }

  private void shareGroups() {
    // One member for each slot of every worker; more than 1,000 Kafka does not allow.
    set("group.share.max.size", 1000);
    set("group.share.max.share.sessions", 4000);
    set("group.share.min.heartbeat.interval.ms", 500);
    set("group.share.heartbeat.interval.ms", 1000);
    set("group.share.min.session.timeout.ms", 6000);
    set("group.share.session.timeout.ms", 10000);
    set("group.share.assignment.interval.ms", 0);
    set("group.share.min.assignment.interval.ms", 0);
    set("group.share.min.record.lock.duration.ms", 1000);
    // After that many slots died with a record in hand, Kafka drops it in silence.
    set("group.share.delivery.count.limit", 10);
  }

  private void size() {
    set("num.io.threads", 2);
    set("num.network.threads", 2);
    set("background.threads", 2);
    set("num.recovery.threads.per.data.dir", 2);
    set("metric.reporters", "");
    // By default 128 MiB of the heap, and 10 MiB on disk for the index of each segment.
    set("log.cleaner.dedupe.buffer.size", 4 << 20);
    set("log.index.size.max.bytes", 1 << 20);
  }

  private void set(String key, Object value) {
    properties.setProperty(key, value.toString());
  }
}
