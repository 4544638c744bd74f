package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a broker that asks for a password. */
@Timeout(90)
class SecuredKafkaIT {
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"";

  @TempDir static Path folder;
  private static Broker broker;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    String users = LOGIN.formatted("elbow", "right-word") + " user_elbow=\"right-word\";";
    broker =
        Broker.start(
            BrokerSettings.builder(folder.resolve("broker"))
                .property(
                    "listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .property("sasl.enabled.mechanisms", "PLAIN")
                .property("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .property("listener.name.clients.plain.sasl.jaas.config", users)
                .build());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private int create(String... more) {
    CommandLine line = Elbow.commandLine(Map.of("ELBOW_HOME", folder.resolve("home").toString()));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments = {"topics", "--create", "--kafka", broker.bootstrapServers()};
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return line.execute(all);
  }

  private static String file(String password) throws Exception {
    return Files.writeString(
            folder.resolve(password + ".properties"),
            """
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=PLAIN
            sasl.jaas.config=%s;
            """
                .formatted(LOGIN.formatted("elbow", password)))
        .toString();
  }

  @Test
  void thePropertiesOfAFileLetTheCommandIn() throws Exception {
    assertEquals(0, create("--kafka-config", file("right-word")), err.toString());
    assertTrue(out.toString().contains("elbow.events"), out.toString());
  }

  @Test
  void aWrongPasswordEndsWithThreeAndIsNotRepeated() throws Exception {
    assertEquals(3, create("--kafka-config", file("wrong-word")));
    assertTrue(err.toString().contains("Authentication failed"), err.toString());
    assertFalse((out.toString() + err).contains("wrong-word"), err.toString());
  }

  @Test
  void withoutAPasswordItEndsWithThreeAndSaysWhatIsDemanded() {
    assertEquals(3, create());
    assertTrue(err.toString().contains("expected SASL_PLAINTEXT"), err.toString());
  }
}
