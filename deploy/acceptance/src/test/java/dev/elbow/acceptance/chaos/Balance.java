package dev.elbow.acceptance.chaos;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long 16 slots take for 64 trials of very different lengths, against list scheduling: each
 * trial, in the order in which they started, at once to the slot that is free first.
 */
final class Balance {
  private static final int TRIALS = 64;
  private static final double MOST = 1.1;
  private static final String SWEEP =
      """
      name: %s
      dataset: {plugin: waiting}
      encoder: {plugin: dense, hidden: [4]}
      decoder: {plugin: dense, hidden: [4]}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {epochs: 1, batchSize: 32}
      parameters:
        latent: 2
        dataset.milliseconds: {values: [%s]}
      search: {plugin: grid}
      seeds: [1]
      """;

  private final Report report;

  Balance(Report report) {
    this.report = report;
  }

  /** How long a trial held its slot, by the log. */
  private record Held(long start, long end) {}

  /** Four workers of four slots, then three of them, of which one leaves while a fourth joins. */
  void run(Path folder) throws Exception {
    Installation.Size size = new Installation.Size(1, 1, 4, 4);
    try (Installation system = Installation.in(folder, size)) {
      for (Member member : system.members()) {
        install(folder.resolve(member.name()).resolve("plugins"));
      }
      install(folder.resolve("w5/plugins"));
      system.start();
      for (int seed = 1; seed <= 3; seed++) {
        balanced(system, "balance-" + seed, seed);
      }
      comeAndGo(system);
      report.problems(system.end());
    }
  }

  private void balanced(Installation system, String name, int seed) throws Exception {
    runToItsEnd(system, name, seed, () -> {});
    List<Held> held = held(system, name);
    double took = seconds(last(held) - held.get(0).start());
    double ideal = seconds(ideal(held, 16));
    report.row(
        "makespan of " + name,
        String.format(
            Locale.ROOT, "%.1f s, list scheduling %.1f s: %.3f", took, ideal, took / ideal));
    if (took / ideal > MOST) {
      report.problems(List.of("%s: %.3f of list scheduling".formatted(name, took / ideal)));
    }
  }

  private void comeAndGo(Installation system) throws Exception {
    Member leaves = system.workers().get(1);
    runToItsEnd(
        system,
        "come-and-go",
        4,
        () -> {
          Member joins = system.addWorker();
          joins.start();
          report.say("worker %s joins, %s leaves".formatted(joins.name(), leaves.name()));
          leaves.ask();
          leaves.awaitEnd();
          leaves.start();
        });
    int attempts = system.log().ask(h -> h.sum(life -> life.attempts() - 1));
    int back = system.log().ask(h -> h.sum(History.Life::handedBack));
    report.row("one leaves, one joins", "%d trials handed back".formatted(back));
    if (attempts != back) {
      report.problems(List.of("%d attempts, %d handed back".formatted(attempts, back)));
    }
  }

  private void runToItsEnd(Installation system, String name, int seed, Session.Trouble trouble)
      throws Exception {
    system.submit(SWEEP.formatted(name, lengths(new Random(seed))));
    await(system, name, 16);
    trouble.make();
    await(system, name, TRIALS);
    report.problems(system.log().ask(new Verdict(name, TRIALS)::ofLog));
  }

  private static void await(Installation system, String name, int over)
      throws InterruptedException {
    system
        .log()
        .await(Installation.START, over + " of " + name, history -> history.over(name) >= over);
  }

  // Log-normal around three seconds, each another, because a worker loads equal data once.
  private static String lengths(Random random) {
    TreeSet<Long> used = new TreeSet<>();
    List<Long> lengths = new ArrayList<>();
    while (lengths.size() < TRIALS) {
      long length = Math.min(20_000, Math.round(3000 * Math.exp(random.nextGaussian() * 0.8)));
      if (used.add(length)) {
        lengths.add(length);
      }
    }
    return lengths.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** Every trial's time in its slot, in the order of their starts. */
  private static List<Held> held(Installation system, String name) {
    return system
        .log()
        .ask(
            history -> {
              Map<TrialId, Long> starts = new HashMap<>();
              List<Held> held = new ArrayList<>();
              history.since(0).forEach(told -> add(name, told, starts, held));
              return held.stream().sorted((a, b) -> Long.compare(a.start(), b.start())).toList();
            });
  }

  private static void add(
      String name, History.Told told, Map<TrialId, Long> starts, List<Held> held) {
    if (told.event() instanceof Event.Fact fact && fact.trial().sweep().equals(name)) {
      if (fact instanceof Event.Started) {
        starts.put(fact.trial(), told.nanos());
      } else if (fact instanceof Event.Ended) {
        held.add(new Held(starts.get(fact.trial()), told.nanos()));
      }
    }
  }

  private static long last(List<Held> held) {
    return held.stream().mapToLong(Held::end).max().orElseThrow();
  }

  private static long ideal(List<Held> held, int slots) {
    PriorityQueue<Long> free = new PriorityQueue<>(Stream.generate(() -> 0L).limit(slots).toList());
    long end = 0;
    for (Held one : held) {
      long done = free.remove() + one.end() - one.start();
      free.add(done);
      end = Math.max(end, done);
    }
    return end;
  }

  private static double seconds(long nanos) {
    return nanos * 1e-9;
  }

  private static void install(Path plugins) throws IOException {
    Files.createDirectories(plugins);
    try (OutputStream file = Files.newOutputStream(plugins.resolve("waiting.jar"));
        JarOutputStream jar = new JarOutputStream(file, new Manifest())) {
      for (Class<?> part : List.of(WaitingDataset.class, WaitingDataset.Grey.class)) {
        String entry = part.getName().replace('.', '/') + ".class";
        try (InputStream bytes = part.getResourceAsStream("/" + entry)) {
          add(jar, entry, bytes.readAllBytes());
        }
      }
      add(
          jar,
          "META-INF/services/dev.elbow.api.plugin.Dataset",
          WaitingDataset.class.getName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static void add(JarOutputStream jar, String entry, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(entry));
    jar.write(content);
  }
}
