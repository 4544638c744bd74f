package dev.elbow.benchmarks;

import dev.elbow.benchmarks.Beside.Work;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Takes turns between Elbow, the peer and the matrix products. For one thread. */
final class Measurement {
  private static final String PEER = "peer";
  private static final String ELBOW = "elbow";
  private static final String BOUND = "bound, ";
  private static final String MEMORY = "memory";
  private static final String FASTEST = "bf16";
  private static final int TRIES = 4;

  private final Sizes sizes;
  private final Command elbow;
  private final Peer peer;
  private final Products products;
  private final HundredTinyTrials hundred;
  private final Path data;
  private final Table table = new Table();
  private List<String> wanted = List.of();
  private PrintStream progress;

  Measurement(
      Sizes sizes,
      Command elbow,
      Peer peer,
      Products products,
      HundredTinyTrials hundred,
      Path data) {
    this.sizes = sizes;
    this.elbow = elbow;
    this.peer = peer;
    this.products = products;
    this.hundred = hundred;
    this.data = data;
  }

  /** Two that are to train at once. */
  @FunctionalInterface
  private interface Turn {
    Pair run() throws IOException;
  }

  /**
   * Measures some parts of the table.
   *
   * @param precisions to train in; what the processor lacks is told in the table
   * @param progress hears of each figure at once
   */
  void measure(Collection<Work> parts, List<String> precisions, PrintStream progress)
      throws IOException {
    this.progress = progress;
    this.wanted = List.copyOf(precisions);
    List<String> here = products.precisions().stream().filter(precisions::contains).toList();
    elbow.run("warm", Sweeps.oneStep()); // from here on every file has been read once
    for (Work part : parts) {
      switch (part) {
        case dense -> dense(here);
        case conv -> conv(here);
        case sweep -> sweep();
        case start -> start();
        case trials -> trials();
      }
    }
  }

  Table table() {
    return table;
  }

  private void dense(List<String> precisions) throws IOException {
    int epochs = sizes.denseEpochs();
    String mnist = data.resolve("mnist").toString();
    List<String> arguments = List.of("--data", mnist, "--epochs", String.valueOf(epochs));
    Map<String, Series> seen = new TreeMap<>();
    for (int turn = 1; turn <= sizes.alternations(); turn++) {
      note(seen, PEER, atOnce(() -> peer.pair(arguments)).imagesPerSecond());
      for (String precision : precisions) {
        note(seen, precision, denseTurn(epochs, precision, seen));
        note(seen, BOUND + precision, products.imagesPerSecond(precision));
      }
    }
    tell(Goal.atLeast("MNIST, fp32, over the peer", 1.35, 1.6), seen, "fp32", PEER);
    tell(
        Goal.atLeast("MNIST, fp32, over its matrix products", 0.78, 0.93),
        seen,
        "fp32",
        BOUND + "fp32");
    tell(Goal.atLeast("MNIST, bf16, over the peer", 2.0, 2.8), seen, FASTEST, PEER);
    Goal memory = Goal.atMost("resident memory, two slots on MNIST", "MB", 900, 600);
    if (seen.containsKey(MEMORY)) {
      table.add(memory, seen.get(MEMORY));
    }
  }

  private double denseTurn(int epochs, String precision, Map<String, Series> seen)
      throws IOException {
    List<Command.Done> runs = new ArrayList<>();
    Pair pair =
        atOnce(
            () -> {
              runs.add(elbow.run("dense-" + precision, Sweeps.dense(epochs, precision)));
              return Pair.of(runs.get(runs.size() - 1).lanes());
            });
    if (precision.equals("fp32")) {
      note(seen, MEMORY, runs.get(runs.size() - 1).peakMegabytes());
    }
    return pair.imagesPerSecond();
  }

  private void conv(List<String> precisions) throws IOException {
    int epochs = sizes.convEpochs();
    List<String> arguments =
        List.of("--conv", "--batch", "64", "--latent", "10", "--epochs", String.valueOf(epochs));
    Map<String, Series> seen = new TreeMap<>();
    for (int turn = 1; turn <= sizes.alternations(); turn++) {
      note(seen, PEER, atOnce(() -> peer.pair(arguments)).imagesPerSecond());
      for (String precision : precisions) {
        String sweep = Sweeps.conv(epochs, precision);
        Turn run = () -> Pair.of(elbow.run("conv-" + precision, sweep).lanes());
        note(seen, precision, atOnce(run).imagesPerSecond());
      }
    }
    tell(Goal.atLeast("conv 64x64, fp32, over the peer", 1.4, 2.0), seen, "fp32", PEER);
    tell(Goal.atLeast("conv 64x64, bf16, over the peer", 1.7, 3.0), seen, FASTEST, PEER);
  }

  private void sweep() throws IOException {
    String mnist = data.resolve("mnist").toString();
    List<List<String>> runs = new ArrayList<>();
    for (int trial = 1; trial <= sizes.sweepTrials(); trial++) {
      runs.add(List.of("--data", mnist, "--epochs", "2", "--seed", String.valueOf(trial)));
    }
    Map<String, Series> seen = new TreeMap<>();
    for (int turn = 1; turn <= sizes.alternations(); turn++) {
      note(seen, PEER, peer.seconds(runs));
      note(seen, ELBOW, elbow.run("whole", Sweeps.whole(sizes.sweepTrials())).seconds());
    }
    String name = "whole sweep, %d trials of 2 epochs, s".formatted(sizes.sweepTrials());
    table.addTimes(Goal.atLeast(name, 1.6, 2.3), seen.get(ELBOW), seen.get(PEER));
  }

  private void start() throws IOException {
    Map<String, Series> seen = new TreeMap<>();
    for (int turn = 1; turn <= sizes.alternations(); turn++) {
      note(seen, "first step", firstStep(elbow.run("start", Sweeps.oneStep())));
    }
    table.add(Goal.atMost("command to first training step", "s", 5, 3), seen.get("first step"));
  }

  // The evaluation is told once it is over: what it took itself is no part of the start.
  private static double firstStep(Command.Done run) throws IOException {
    List<String> rows = Files.readAllLines(run.trials().resolve("0001").resolve("metrics.csv"));
    List<String> names = List.of(rows.get(0).split(","));
    String[] values = rows.get(1).split(",");
    double seconds = Double.parseDouble(values[names.indexOf("seconds")]);
    double rate = Double.parseDouble(values[names.indexOf("images_per_second")]);
    return run.firstEvaluation() - (seconds - Sweeps.MNIST_BATCH / rate);
  }

  private void trials() throws IOException {
    Map<String, Series> seen = new TreeMap<>();
    for (int turn = 1; turn <= sizes.alternations(); turn++) {
      note(seen, "cost", hundred.cost());
    }
    table.add(Goal.atMost("cost per trial beyond training", "ms", 50, 15), seen.get("cost"));
  }

  private Pair atOnce(Turn turn) throws IOException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Pair pair = turn.run();
      if (pair.isAtOnce()) {
        return pair;
      }
      progress.printf(Locale.ROOT, "thrown away: %.0f %% at once%n", 100 * pair.overlap());
    }
    throw new IOException("two did not train at the same time in %d tries".formatted(TRIES));
  }

  private void note(Map<String, Series> seen, String what, double figure) {
    seen.computeIfAbsent(what, first -> new Series()).add(figure);
    progress.printf("%-12s %s%n", what, Table.text(figure));
  }

  private void tell(Goal goal, Map<String, Series> seen, String what, String beside) {
    if (seen.containsKey(what)) {
      table.add(goal, seen.get(what), seen.get(beside));
    } else if (wanted.contains(what)) {
      table.addMissing(goal, "not here");
    }
  }
}
