package dev.elbow.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A script that trains the same models in another way: one process for each model, with one thread.
 * It prints a JSON object for each epoch, with {@code seconds} of training and {@code
 * images_per_second}.
 */
final class Peer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PROCESSES = 2;

  private final Path script;
  private final Path folder;

  /**
   * @param folder for what it says on standard error
   */
  Peer(Path script, Path folder) {
    this.script = script.toAbsolutePath();
    this.folder = folder;
  }

  /** Two processes at once, with the same arguments. */
  Pair pair(List<String> arguments) throws IOException {
    return Pair.of(all(List.of(arguments, arguments)));
  }

  /** Seconds that all {@code runs} take, two processes at a time. */
  double seconds(List<List<String>> runs) throws IOException {
    double begin = Lines.now();
    all(runs);
    return Lines.now() - begin;
  }

  private List<Lane> all(List<List<String>> runs) throws IOException {
    ExecutorService processes = Executors.newFixedThreadPool(PROCESSES);
    try {
      List<Callable<Lane>> tasks =
          runs.stream().<Callable<Lane>>map(arguments -> () -> lane(arguments)).toList();
      List<Lane> lanes = new ArrayList<>();
      for (Future<Lane> lane : processes.invokeAll(tasks)) {
        lanes.add(lane.get());
      }
      return lanes;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      processes.shutdownNow();
    }
  }

  private Lane lane(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (!Files.isExecutable(script)) {
      command.add("python3");
    }
    command.add(script.toString());
    command.addAll(arguments);
    command.addAll(List.of("--threads", "1"));
    EpochClock clock = new EpochClock();
    Path errors = Files.createTempFile(folder, "peer", ".txt");
    Lines.of(command, errors, (line, pid) -> hear(clock, JSON.readTree(line)));
    return clock.lane();
  }

  private static void hear(EpochClock clock, JsonNode epoch) {
    clock.beginsAt(Lines.now() - epoch.get("seconds").asDouble());
    clock.epoch(epoch.get("images_per_second").asDouble());
  }
}
