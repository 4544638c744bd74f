package dev.elbow.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results in S3, by the file system that deploy/examples/s3 gathers. */
@Order(4)
class ObjectStoreIT {
  private static final String RESULTS = "results";

  @TempDir static Path folder;
  private static ObjectStore store;

  @BeforeAll
  static void runIntoAFolderAndIntoAStoreWhereItIsKilledTwice() throws Exception {
    TinyImages.write(folder.resolve("data"));
    TinySweep.named("tiny").with("training", "{epochs: 12, batchSize: 16}").write(folder);
    ElbowProcess.Ended local =
        ElbowProcess.run(folder, "run", "sweep.yaml", "--home", "local", "--data", "data");
    assertEquals(0, local.exitCode(), local::toString);
    store = ObjectStore.start(folder.resolve("s3"));
    killed("trial 0001 epoch 4/12");
    killed("trial 0001 completed");
    ElbowProcess.Ended ended = inStore("run", "sweep.yaml");
    assertEquals(0, ended.exitCode(), ended::toString);
  }

  private static void killed(String when) throws Exception {
    try (ElbowProcess running = start("run", "sweep.yaml")) {
      await()
          .atMost(ElbowProcess.LIMIT)
          .until(() -> running.out().contains(when) || !running.isAlive());
      assertTrue(running.isAlive(), () -> running.out() + running.err());
    }
  }

  private static ElbowProcess.Ended inStore(String... words) throws Exception {
    try (ElbowProcess started = start(words)) {
      return started.await();
    }
  }

  private static ElbowProcess start(String... words) throws IOException {
    Stream<String> places =
        Stream.of("--home", "stored", "--data", "data", "--results", store.uri(RESULTS));
    return ElbowProcess.start(
        folder, store.environment(), Stream.concat(Stream.of(words), places).toList());
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
  }

  @Test
  void aRunThatIsKilledAgainAndAgainLeavesTheFilesOfOneThatWasNot() throws Exception {
    Path local = folder.resolve("local/sweeps");
    RunIT.assertSameModels(
        local.resolve("tiny/trials"), store.files(RESULTS).resolve("tiny/trials"));
    assertEquals(files(local), files(store.files(RESULTS)));
  }

  private static Set<String> files(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile)
          // Files of a store cannot be locked.
          .filter(file -> !file.endsWith(".results.lock"))
          .map(file -> place.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void whatIsThereIsReadFromThere() throws Exception {
    ElbowProcess.Ended table = inStore("results", "tiny", "--format", "csv");
    assertEquals(0, table.exitCode(), table::toString);
    assertEquals(
        Set.copyOf(Files.readAllLines(store.files(RESULTS).resolve("tiny/results.csv"))),
        Set.copyOf(table.out().lines().toList()));
    ElbowProcess.Ended list = inStore("list");
    assertTrue(list.out().contains("tiny"), list::toString);
  }
}
