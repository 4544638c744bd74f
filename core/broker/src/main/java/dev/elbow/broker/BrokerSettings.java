package dev.elbow.broker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a broker is started. Only the folder is needed; then it is a cluster of one node on free
 * ports of the loopback address.
 *
 * @param folder where it keeps its data, for this broker alone; made and formatted when it is
 *     missing or empty
 * @param host the address that it listens on
 * @param port for clients; 0 for a free one
 * @param nodeId from 1; the folder remembers it
 * @param controllerPort at which the nodes talk to each other; 0 for a free one, or for the one
 *     that {@code voters} gives this node
 * @param voters every node of the cluster, this one among them; empty for a single node
 * @param properties of Kafka's broker, stronger than what Elbow sets. The listener for clients is
 *     called {@code CLIENTS}, so {@code listener.security.protocol.map} can put TLS or SASL on it
 */
public record BrokerSettings(
    Path folder,
    String host,
    int port,
    int nodeId,
    int controllerPort,
    List<Voter> voters,
    Map<String, String> properties) {
  private static final List<String> OWN =
      List.of(
          "process.roles",
          "node.id",
          "log.dir",
          "log.dirs",
          "metadata.log.dir",
          "listeners",
          "controller.listener.names",
          "controller.quorum.voters");

  /**
   * Checks everything that needs no look at the machine.
   *
   * @throws BrokerException with all problems
   */
  public BrokerSettings {
    requireNonNull(folder, "folder is null");
    requireNonNull(host, "host is null");
    voters = List.copyOf(voters);
    properties = Map.copyOf(properties);
    List<String> problems = new ArrayList<>();
    problems.addAll(portProblems("port", port));
    problems.addAll(portProblems("controller port", controllerPort));
    problems.addAll(nodeProblems(nodeId, controllerPort, voters));
    problems.addAll(propertyProblems(properties));
    if (!problems.isEmpty()) {
      throw new BrokerException(problems);
    }
  }

  /** The names alone of Kafka's properties: there are passwords among them. */
  @Override
  public String toString() {
    return "BrokerSettings[folder=%s, host=%s, port=%d, nodeId=%d, controllerPort=%d, voters=%s, properties=%s]"
        .formatted(
            folder, host, port, nodeId, controllerPort, voters, new TreeMap<>(properties).keySet());
  }

  /** One node on free ports of 127.0.0.1, with its data in {@code folder}. */
  public static BrokerSettings in(Path folder) {
    return builder(folder).build();
  }

  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  /** This node's entry of {@code voters}; empty for a single node. */
  Optional<Voter> self() {
    return voters.stream().filter(voter -> voter.nodeId() == nodeId).findFirst();
  }

  private static List<String> portProblems(String what, int port) {
    boolean fits = port >= 0 && port <= 65535;
    return fits
        ? List.of()
        : List.of("%s: found %d, expected 0 for a free one, or 1 to 65535".formatted(what, port));
  }

  private static List<String> nodeProblems(int nodeId, int controllerPort, List<Voter> voters) {
    List<String> problems = new ArrayList<>();
    if (nodeId < 1) {
      problems.add("node id: found %d, expected 1 or more".formatted(nodeId));
    }
    long distinct = voters.stream().map(Voter::nodeId).distinct().count();
    if (distinct < voters.size()) {
      problems.add("voters: found %s, expected each node once".formatted(voters));
    }
    List<Voter> self = voters.stream().filter(voter -> voter.nodeId() == nodeId).toList();
    if (!voters.isEmpty() && self.isEmpty()) {
      problems.add("voters: found %s, expected node %d among them".formatted(voters, nodeId));
    }
    String form = "controller port: found %d, expected %d as in the voters";
    self.stream()
        .map(Voter::controllerPort)
        .filter(port -> controllerPort != 0 && port != controllerPort)
        .forEach(port -> problems.add(form.formatted(controllerPort, port)));
    return problems;
  }

  private static List<String> propertyProblems(Map<String, String> properties) {
    return OWN.stream()
        .filter(properties::containsKey)
        .map(key -> "property %s: it follows from the other settings, expected none".formatted(key))
        .toList();
  }

  /** Collects settings; see the components of {@link BrokerSettings}. */
  public static final class Builder {
    private final Path folder;
    private final Map<String, String> properties = new TreeMap<>();
    private String host = "127.0.0.1";
    private int port;
    private int nodeId = 1;
    private int controllerPort;
    private List<Voter> voters = List.of();

    private Builder(Path folder) {
      this.folder = folder;
    }

    public Builder host(String host) {
      this.host = host;
      return this;
    }

    public Builder port(int port) {
      this.port = port;
      return this;
    }

    public Builder nodeId(int nodeId) {
      this.nodeId = nodeId;
      return this;
    }

    public Builder controllerPort(int controllerPort) {
      this.controllerPort = controllerPort;
      return this;
    }

    public Builder voters(List<Voter> voters) {
      this.voters = voters;
      return this;
    }

    /** Adds one of Kafka's own properties. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /**
     * Checks and gives the settings.
     *
     * @throws BrokerException with all problems
     */
    public BrokerSettings build() {
      return new BrokerSettings(folder, host, port, nodeId, controllerPort, voters, properties);
    }
  }
}
