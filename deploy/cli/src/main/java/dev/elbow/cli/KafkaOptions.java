package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.MessagingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
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
      return new KafkaSettings(servers, namespace, properties());
    } catch (MessagingException e) {
      throw CommandException.badInput(e.problems());
    }
  }

  private Map<String, String> properties() throws CommandException {
    Properties properties = new Properties();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw CommandException.badInput(
            List.of("--kafka-config: %s cannot be read: %s".formatted(file, e)));
      }
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }
}
