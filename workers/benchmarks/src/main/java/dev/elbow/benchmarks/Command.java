package dev.elbow.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code elbow run}, as people call it: launcher, Kafka, coordinator and two slots in one process.
 */
final class Command {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double KILOBYTES_PER_MEGABYTE = 1024;

  private final Path launcher;
  private final Path data;
  private final Path folder;
  private int runs;

  /**
   * @param data holds the folder {@code mnist}
   * @param folder for sweeps and results; each run makes folders of its own in it
   */
  Command(Path launcher, Path data, Path folder) {
    this.launcher = launcher;
    this.data = data.toAbsolutePath();
    this.folder = folder;
  }

  /**
   * A sweep that was run to its end.
   *
   * @param lanes of its trials, by number
   * @param seconds from the command to its end
   * @param firstEvaluation seconds from the command to the first evaluation
   * @param peakMegabytes the most memory that was resident
   * @param trials the folder of its trials' results
   */
  record Done(
      List<Lane> lanes,
      double seconds,
      double firstEvaluation,
      double peakMegabytes,
      Path trials) {}

  /** Runs a sweep with two slots. */
  Done run(String name, String sweep) throws IOException {
    Path place = Files.createDirectories(folder.resolve("elbow-" + ++runs));
    Path file = Files.writeString(place.resolve(name + ".yaml"), "name: " + name + "\n" + sweep);
    Path home = place.resolve("home");
    List<String> command =
        List.of(
            launcher.toString(),
            "run",
            file.toString(),
            "--home",
            home.toString(),
            "--data",
            data.toString(),
            "--slots",
            "2",
            "--json");
    Watch watch = new Watch();
    Lines.of(command, place.resolve("stderr.txt"), watch::hear);
    return watch.done(home.resolve("sweeps").resolve(name).resolve("trials"));
  }

  /** What the lines of one run say. */
  private static final class Watch {
    private final double begin = Lines.now();
    private final Map<String, EpochClock> clocks = new TreeMap<>();
    private double firstEvaluation = Double.NaN;
    private double peakMegabytes;

    void hear(String line, long pid) throws IOException {
      JsonNode told = JSON.readTree(line);
      if (!told.has("event")) {
        return; // a row of the table that follows
      }
      EpochClock clock = clocks.computeIfAbsent(told.get("trial").asText(), t -> new EpochClock());
      switch (told.get("event").asText()) {
        case "started" -> clock.beginsAt(Lines.now());
        case "evaluated" -> evaluated(clock, told);
        default -> peakMegabytes = Math.max(peakMegabytes, peakMegabytes(pid));
      }
    }

    private void evaluated(EpochClock clock, JsonNode told) {
      firstEvaluation = Double.isNaN(firstEvaluation) ? Lines.now() - begin : firstEvaluation;
      clock.epoch(told.get("images_per_second").asDouble());
    }

    Done done(Path trials) {
      List<Lane> lanes = new ArrayList<>();
      clocks.values().forEach(clock -> lanes.add(clock.lane()));
      return new Done(lanes, Lines.now() - begin, firstEvaluation, peakMegabytes, trials);
    }
  }

  /** Not a number where the system does not say. */
  private static double peakMegabytes(long pid) throws IOException {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(Double.NaN)
        / KILOBYTES_PER_MEGABYTE;
  }
}
