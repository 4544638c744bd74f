package dev.elbow.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {
  @TempDir Path folder;

  @Test
  void keepsRecordsAndTheQueuesPositionOverARestartOnOtherPorts() throws Exception {
    String first;
    try (Broker broker = Broker.start(BrokerSettings.in(folder))) {
      first = broker.bootstrapServers();
      Records records = new Records(first, "topic").create(1).write("a", "b", "c");
      assertEquals("a", records.take());
    }
    try (ServerSocket blocked = listen(port(first));
        Broker broker = Broker.start(BrokerSettings.in(folder))) {
      assertNotEquals(blocked.getLocalPort(), port(broker.bootstrapServers()));
      Records records = new Records(broker.bootstrapServers(), "topic");
      assertEquals(List.of("a", "b", "c"), records.readAll());
      assertEquals("b", records.take());
    }
  }

  @Test
  void hasWhatGroupsNeedBeforeTheFirstOneComes() throws Exception {
    try (Broker broker = Broker.start(BrokerSettings.in(folder));
        Admin admin = new Records(broker.bootstrapServers(), "topic").admin()) {
      ListTopicsOptions all = new ListTopicsOptions().listInternal(true);
      Set<String> expected = Set.of("__consumer_offsets", "__share_group_state");
      await().until(() -> admin.listTopics(all).names().get().containsAll(expected));
    }
  }

  @Test
  void keepsAcknowledgedRecordsWhenItsProcessIsKilled() throws Exception {
    Process process = BrokerProcess.start(folder);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String ready = lines.lines().filter(line -> line.startsWith("serves ")).findFirst().get();
      new Records(ready.substring("serves ".length()), "topic").create(1).write("a", "b");
    } finally {
      process.destroyForcibly().waitFor();
    }
    try (Broker broker = Broker.start(BrokerSettings.in(folder))) {
      assertEquals(List.of("a", "b"), new Records(broker.bootstrapServers(), "topic").readAll());
    }
  }

  @Test
  void listensOnTheGivenPortAndFreesItWhenClosed() throws Exception {
    int port;
    try (ServerSocket free = listen(0)) {
      port = free.getLocalPort();
    }
    Broker broker = Broker.start(BrokerSettings.builder(folder).port(port).build());
    assertEquals("127.0.0.1:" + port, broker.bootstrapServers());
    assertTimeout(Duration.ofSeconds(10), broker::close);
    broker.close();
    listen(port).close();
  }

  @Test
  void namesEveryPortThatIsTaken() throws Exception {
    try (ServerSocket one = listen(0);
        ServerSocket other = listen(0)) {
      BrokerSettings settings =
          BrokerSettings.builder(folder)
              .port(one.getLocalPort())
              .controllerPort(other.getLocalPort())
              .build();
      String rest = ": taken by another process, expected one that may be listened on";
      assertEquals(
          List.of(
              "port 127.0.0.1:" + one.getLocalPort() + rest,
              "controller port 127.0.0.1:" + other.getLocalPort() + rest),
          problems(settings));
    }
  }

  @Test
  void namesAnAddressOfAnotherMachine() {
    // From the block that is reserved for documents (RFC 5737), so no machine has it.
    BrokerSettings settings = BrokerSettings.builder(folder).host("192.0.2.1").build();
    assertTrue(problems(settings).get(0).endsWith("expected an address of this machine"));
  }

  @Test
  void refusesAFolderThatIsAFile() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        List.of("folder " + file + ": a file is in the way, expected a folder"),
        problems(BrokerSettings.in(file)));
  }

  @Test
  void refusesTheFolderOfARunningBroker() {
    try (Broker broker = Broker.start(BrokerSettings.in(folder))) {
      assertEquals(
          List.of(
              "folder %s: in use by a running broker, expected a folder of this broker's own"
                  .formatted(folder)),
          problems(BrokerSettings.in(folder)),
          broker.bootstrapServers());
    }
  }

  @Test
  void refusesTheFolderOfAnotherNodeAndCluster() {
    Broker.start(BrokerSettings.in(folder)).close();
    BrokerSettings settings =
        BrokerSettings.builder(folder)
            .nodeId(2)
            .voters(List.of(new Voter(1, "127.0.0.1", 1), new Voter(2, "127.0.0.1", 0)))
            .build();
    List<String> problems = problems(settings);
    assertEquals(2, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("data of node 1, expected that of node 2"));
    assertTrue(problems.get(1).contains("data of cluster"));
  }

  @Test
  void refusesAPropertyThatKafkaDoesNotUnderstandAndFreesThePort() throws Exception {
    int port;
    try (ServerSocket free = listen(0)) {
      port = free.getLocalPort();
    }
    BrokerSettings settings =
        BrokerSettings.builder(folder).port(port).property("num.io.threads", "many").build();
    assertTrue(problems(settings).get(0).contains("num.io.threads"));
    listen(port).close();
  }

  private static List<String> problems(BrokerSettings settings) {
    return assertThrows(BrokerException.class, () -> Broker.start(settings)).problems();
  }

  private static ServerSocket listen(int port) throws java.io.IOException {
    return new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
  }

  private static int port(String bootstrapServers) {
    return Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
  }
}
