package dev.elbow.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Order(5)
class InterruptIT {
  @TempDir Path folder;

  @Test
  void anInterruptedSweepGoesOnToTheSameBytes() throws Exception {
    write(120);

    ElbowProcess.Ended undisturbed = ElbowProcess.run(folder, arguments("undisturbed"));
    assertEquals(0, undisturbed.exitCode(), undisturbed::toString);

    ElbowProcess.Ended interrupted = interruptInTheMiddle();
    assertEquals(130, interrupted.exitCode(), interrupted::toString);
    assertTrue(interrupted.out().contains("same command again"), interrupted::toString);
    assertFalse(interrupted.out().contains("epoch 120/120"), interrupted::toString);

    ElbowProcess.Ended continued = ElbowProcess.run(folder, arguments("interrupted"));
    assertEquals(0, continued.exitCode(), continued::toString);
    assertFalse(continued.out().contains("epoch 1/120"), "it began anew: " + continued);
    RunIT.assertSameModels(trials("undisturbed"), trials("interrupted"));
  }

  private ElbowProcess.Ended interruptInTheMiddle() throws Exception {
    try (ElbowProcess running = ElbowProcess.start(folder, List.of(arguments("interrupted")))) {
      await()
          .atMost(ElbowProcess.LIMIT)
          .until(() -> running.out().contains("trial 0001 epoch 3/120") || !running.isAlive());
      long asked = System.nanoTime();
      running.interrupt();
      ElbowProcess.Ended ended = running.await();
      Duration took = Duration.ofNanos(System.nanoTime() - asked);
      // That it does not hang is meant: a quarter of a minute was seen on a very busy machine.
      assertTrue(took.toSeconds() < 60, () -> "took " + took + "\n" + ended);
      return ended;
    }
  }

  @Test
  void theHomeOfARunIsItsOwn() throws Exception {
    write(1_000_000);
    try (ElbowProcess running = ElbowProcess.start(folder, List.of(arguments("interrupted")))) {
      await()
          .atMost(ElbowProcess.LIMIT)
          .until(() -> running.out().contains("trial 0001 epoch 1/") || !running.isAlive());
      refusesASecond(running.pid());
      running.interrupt();
      assertEquals(130, running.await().exitCode());
    }
  }

  private void write(int epochs) throws Exception {
    TinyImages.write(folder.resolve("data"));
    String training = "{epochs: %d, batchSize: 16}".formatted(epochs);
    TinySweep.named("long").with("training", training).with("seeds", "[1]").write(folder);
  }

  private void refusesASecond(long pid) throws Exception {
    ElbowProcess.Ended second = ElbowProcess.run(folder, arguments("interrupted"));
    assertEquals(3, second.exitCode(), second::toString);
    assertTrue(second.err().contains("in use by process " + pid), second::toString);
    assertTrue(Files.isRegularFile(folder.resolve("interrupted/lock")));
  }

  private static String[] arguments(String home) {
    return new String[] {"run", "sweep.yaml", "--home", home, "--data", "data", "--slots", "2"};
  }

  private Path trials(String home) {
    return folder.resolve(home).resolve("sweeps/long/trials");
  }
}
