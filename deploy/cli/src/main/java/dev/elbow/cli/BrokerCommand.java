package dev.elbow.cli;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerException;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.broker.Voter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs a Kafka broker. */
@Command(
    name = "broker",
    description = {
      "Runs a Kafka broker, a single one or a node of a cluster, until Ctrl-C.",
      "",
      "Its data is in HOME/broker and outlives it. A cluster goes on while most of its nodes do.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow broker --home broker",
      "  elbow broker --home b1 --port 9092 --node-id 1 --voters 1@alpha:9192,2@beta:9192,3@gamma:9192 --bind alpha"
    })
final class BrokerCommand implements Callable<Integer> {
  private static final List<String> ANY_ADDRESS = List.of("0.0.0.0", "::", "*", "");

  @ParentCommand private Elbow elbow;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "For clients; 0 for a free one. Default: 9092")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "The address that it listens on. Whoever reaches it may do all. Default: 127.0.0.1")
  private String host;

  @Option(
      names = "--node-id",
      paramLabel = "N",
      defaultValue = "1",
      description = "Its number in the cluster, which HOME remembers. Default: 1")
  private int nodeId;

  @Option(
      names = "--controller-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "For the other nodes. Default: the one that --voters gives it")
  private int controllerPort;

  @Option(
      names = "--voters",
      paramLabel = "1@H:P,2@H:P,…",
      description =
          "Every node of the cluster, this one among them: number, host, controller port.")
  private String voters;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's broker, stronger than Elbow's own: TLS, SASL, access control, limits. "
              + "Its listener for clients is called CLIENTS.")
  private Path kafkaConfig;

  @Override
  public Integer call() throws Exception {
    BrokerSettings settings = settings();
    try (HomeLock ignored = HomeLock.take(elbow.home())) {
      LogSetup.addFile(elbow.home());
      try (Broker broker = Service.start("broker", () -> Broker.start(settings))) {
        return new Service(elbow).serve("Kafka at " + broker.bootstrapServers(), facts(broker));
      }
    }
  }

  private static Map<String, Object> facts(Broker broker) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("event", "serving");
    facts.put("kafka", broker.bootstrapServers());
    return facts;
  }

  private BrokerSettings settings() throws CommandException {
    if (voters == null && ANY_ADDRESS.contains(host)) {
      throw CommandException.badInput(
          List.of(
              "--bind: found '%s', expected a name or address under which clients reach it"
                  .formatted(host)));
    }
    Map<String, String> properties = PropertiesFile.read("--kafka-config", kafkaConfig);
    try {
      BrokerSettings.Builder builder =
          BrokerSettings.builder(elbow.home().resolve("broker"))
              .host(host)
              .port(port)
              .nodeId(nodeId)
              .controllerPort(controllerPort)
              .voters(voters == null ? List.of() : Voter.parse(voters));
      properties.forEach(builder::property);
      return builder.build();
    } catch (BrokerException e) {
      throw CommandException.badInput(e.problems());
    }
  }
}
