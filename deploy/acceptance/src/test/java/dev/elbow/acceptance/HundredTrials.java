package dev.elbow.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a trial costs beyond its training, and whether memory grows: 100 tiny trials on MNIST. Takes
 * minutes, so it is no test; see the README. It uses nothing but the JDK.
 */
public final class HundredTrials {
  private static final int TRIALS = 100;
  private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");
  private static final String SWEEP =
      """
      name: hundred
      dataset: {plugin: idx, path: mnist}
      encoder: {plugin: dense, hidden: [400]}
      decoder: {plugin: dense, hidden: [400]}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {steps: 50, evaluateEvery: 50, batchSize: 128}
      parameters: {latent: 20, beta: {min: 0.1, max: 10, scale: log}}
      search: {plugin: random, trials: 100}
      """;

  private final PrintStream out;
  private final int slots;
  private Instant firstStarted;
  private Instant lastEnded;
  private long sizeAfter20;
  private long sizeAfter100;
  private int ended;

  private HundredTrials(PrintStream out, int slots) {
    this.out = out;
    this.slots = slots;
  }

  /**
   * @param arguments the launcher, the folder that holds {@code mnist}, and how many slots
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      System.err.println("usage: HundredTrials LAUNCHER DATA SLOTS");
      System.exit(2);
    }
    int slots = Integer.parseInt(arguments[2]);
    new HundredTrials(System.out, slots).measure(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  private void measure(Path launcher, Path data) throws Exception {
    Path folder = Files.createTempDirectory("hundred-trials");
    Path sweep = Files.writeString(folder.resolve("hundred.yaml"), SWEEP);
    List<String> command =
        List.of(
            launcher.toAbsolutePath().toString(),
            "run",
            sweep.toString(),
            "--home",
            folder.resolve("home").toString(),
            "--data",
            data.toAbsolutePath().toString(),
            "--slots",
            String.valueOf(slots),
            "--json");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(folder.resolve("stderr.txt").toFile());
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        see(line, process.pid());
      }
    }
    report(process.waitFor(), folder);
  }

  private void see(String line, long pid) throws IOException {
    if (line.startsWith("{\"event\":\"started\"") && firstStarted == null) {
      firstStarted = time(line);
    }
    if (line.startsWith("{\"event\":\"ended\"")) {
      ended++;
      lastEnded = time(line);
      sizeAfter20 = ended == 20 ? residentKilobytes(pid) : sizeAfter20;
      sizeAfter100 = ended == TRIALS ? residentKilobytes(pid) : sizeAfter100;
    }
  }

  private static Instant time(String line) {
    Matcher matcher = TIME.matcher(line);
    if (!matcher.find()) {
      throw new IllegalStateException("no time in " + line);
    }
    return Instant.parse(matcher.group(1));
  }

  private static long residentKilobytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private void report(int exitCode, Path folder) throws IOException {
    Duration wall = Duration.between(firstStarted, lastEnded);
    double trained = secondsOfTraining(folder.resolve("home/sweeps/hundred/trials"));
    double cost = (wall.toMillis() / 1000.0 * slots - trained) / TRIALS;
    out.printf(Locale.ROOT, "exit code %d, %d trials, %d slots%n", exitCode, ended, slots);
    out.printf(Locale.ROOT, "first Started to last Ended  %8.1f s%n", wall.toMillis() / 1000.0);
    out.printf(Locale.ROOT, "training and evaluation      %8.1f s, all slots%n", trained);
    out.printf(Locale.ROOT, "cost beyond that, per trial  %8.0f ms (at most 50)%n", cost * 1000);
    out.printf(Locale.ROOT, "resident after trial 20      %8.0f MB%n", sizeAfter20 / 1024.0);
    out.printf(Locale.ROOT, "resident after trial 100     %8.0f MB%n", sizeAfter100 / 1024.0);
    out.printf(Locale.ROOT, "growth                       %8.1f %% (at most 10)%n", growth());
    out.println("files in " + folder);
  }

  private double growth() {
    return 100.0 * (sizeAfter100 - sizeAfter20) / sizeAfter20;
  }

  private static double secondsOfTraining(Path trials) throws IOException {
    double seconds = 0;
    for (int trial = 1; trial <= TRIALS; trial++) {
      seconds += secondsOf(trials.resolve("%04d/metrics.csv".formatted(trial)));
    }
    return seconds;
  }

  private static double secondsOf(Path metrics) throws IOException {
    List<String> rows = Files.readAllLines(metrics);
    int column = List.of(rows.get(0).split(",")).indexOf("seconds");
    return rows.stream()
        .skip(1)
        .mapToDouble(row -> Double.parseDouble(row.split(",")[column]))
        .sum();
  }
}
