package dev.elbow.acceptance.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Sweep after sweep with a blow a minute, and the memory of every process. */
final class Soak {
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final Duration SAMPLE = Duration.ofSeconds(5);
  // Before that a JVM has not seen all of its work, nor compiled it.
  private static final Duration WARM = Duration.ofMinutes(5);
  // Between two ends that are closer a compiler's work looks like growth.
  private static final Duration LEAST = Duration.ofMinutes(10);
  private static final double MOST_GROWTH = 1.1;

  private final Report report;
  private final long seed;
  private final Map<String, List<Long>> memory = new TreeMap<>();

  Soak(Report report, long seed) {
    this.report = report;
    this.seed = seed;
  }

  /** Goes on until {@code length} is over and the sweep that runs then has ended. */
  void run(Path folder, Duration length) throws Exception {
    ShortTrials sweep = new ShortTrials("soak", 3, 20, 100, 8);
    Path undisturbed = Undisturbed.run(folder.resolve("undisturbed"), sweep);
    Installation.Size size = new Installation.Size(3, 2, 4, 1);
    try (Installation system = Installation.in(folder.resolve("system"), size)) {
      Storm storm = new Storm(system, new Random(seed), report, spared(system));
      Session session = new Session(system, sweep, report);
      session.begin();
      weather(system, session, storm, System.nanoTime() + length.toNanos());
      report.row("blows", storm.strikes() + "");
      memory.forEach(this::judge);
      report.problems(session.verdict(undisturbed));
    }
  }

  /** One of each kind lives from the beginning to the end. */
  private static Set<Member> spared(Installation system) {
    Set<Member> spared = new HashSet<>();
    spared.add(system.brokers().get(0));
    spared.add(system.coordinators().get(0));
    spared.add(system.workers().get(0));
    return spared;
  }

  private void weather(Installation system, Session session, Storm storm, long end)
      throws Exception {
    long strike = storm.next(BETWEEN, BETWEEN);
    long sample = System.nanoTime();
    while (!session.isOver() || System.nanoTime() < end) {
      storm.recover();
      if (System.nanoTime() >= strike && System.nanoTime() < end) {
        // Whoever was drawn may be down: then another is drawn at once.
        strike = storm.strike() ? storm.next(BETWEEN, BETWEEN) : strike;
      }
      if (System.nanoTime() >= sample) {
        storm.up().forEach(this::sample);
        sample = storm.next(SAMPLE, SAMPLE);
      }
      if (session.isOver()) {
        session.next();
      }
      session.look();
    }
    storm.recoverAll();
  }

  private void sample(Member member) {
    if (member.age().compareTo(WARM) > 0) {
      memory.computeIfAbsent(member.life(), first -> new ArrayList<>()).add(member.residentBytes());
    }
  }

  private void judge(String life, List<Long> samples) {
    int part = samples.size() / 4;
    if (part == 0) {
      return;
    }
    boolean isLong = samples.size() >= LEAST.dividedBy(SAMPLE);
    long warm = median(samples.subList(0, part));
    long last = median(samples.subList(samples.size() - part, samples.size()));
    double growth = (double) last / warm;
    report.row(
        "memory of " + life,
        String.format(
            Locale.ROOT,
            "%d MB, at the end %d MB (%.2f)%s",
            warm >> 20,
            last >> 20,
            growth,
            isLong ? "" : ", too short to judge"));
    if (isLong && growth > MOST_GROWTH) {
      report.problems(List.of("%s grew by %.0f %%".formatted(life, 100 * growth - 100)));
    }
  }

  private static long median(List<Long> samples) {
    return samples.stream().sorted().skip((samples.size() - 1) / 2).findFirst().orElseThrow();
  }
}
