package dev.elbow.cli;

import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.MessagingException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a process of many finds its Kafka. */
final class KafkaOptions {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,…",
      required = true,
      description = "Some of Kafka's brokers; they tell of the others.")
  private String servers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of Kafka's clients: TLS, SASL, tuning.")
  private Path file;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "elbow",
      description =
          "Prefix of topics and groups, so that several systems share a cluster. Default: elbow")
  private String namespace;

  /**
   * What was given.
   *
   * @throws CommandException with all problems
   */
  KafkaSettings settings() throws CommandException {
    try {
      return new KafkaSettings(servers, namespace, PropertiesFile.read("--kafka-config", file));
    } catch (MessagingException e) {
      throw CommandException.badInput(e.problems());
    }
  }
}
