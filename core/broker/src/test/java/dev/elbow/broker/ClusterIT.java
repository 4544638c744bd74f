package dev.elbow.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {
  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private List<Voter> voters;
  private List<Broker> brokers;

  @BeforeEach
  void startThreeNodes() throws IOException {
    voters = threeVoters();
    List<CompletableFuture<Broker>> starting =
        voters.stream()
            .map(voter -> CompletableFuture.supplyAsync(() -> start(voter.nodeId()), threads))
            .toList();
    brokers = new ArrayList<>(starting.stream().map(CompletableFuture::join).toList());
  }

  @AfterEach
  void stopThemTogether() {
    // One after the other, the last would wait for a majority that is gone.
    brokers.stream()
        .map(broker -> CompletableFuture.runAsync(broker::close, threads))
        .toList()
        .forEach(CompletableFuture::join);
    threads.shutdown();
  }

  @Test
  void servesTheQueueWhileANodeIsAwayAndTakesItBack() throws Exception {
    Records records = new Records(bootstrapServers(), "topic").create(3).write("a", "b", "c");
    assertEquals("a", records.take());
    brokers.remove(0).close();
    Records others = new Records(bootstrapServers(), "topic").write("d");
    assertEquals("b", others.take());
    brokers.add(start(1));
    assertEquals(List.of("a", "b", "c", "d"), others.readAll());
    assertEquals("c", new Records(bootstrapServers(), "topic").take());
  }

  private Broker start(int node) {
    return Broker.start(
        BrokerSettings.builder(folder.resolve("node-" + node)).nodeId(node).voters(voters).build());
  }

  private String bootstrapServers() {
    return brokers.stream().map(Broker::bootstrapServers).collect(Collectors.joining(","));
  }

  // The nodes must know each other's ports before they start; held together so that they differ.
  private static List<Voter> threeVoters() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
    }
    List<Voter> voters =
        IntStream.range(0, 3)
            .mapToObj(i -> new Voter(i + 1, "127.0.0.1", sockets.get(i).getLocalPort()))
            .toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return voters;
  }
}
