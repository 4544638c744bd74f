package dev.elbow.acceptance.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A sweep in a storm, for each of several seeds. */
final class RandomRun {
  private static final Duration LEAST = Duration.ofSeconds(3);
  private static final Duration MOST = Duration.ofSeconds(8);

  private final Report report;
  private final ShortTrials sweep = new ShortTrials("random", 5, 20, 100, 8);

  RandomRun(Report report) {
    this.report = report;
  }

  /** Runs all seeds; one that fails does not keep the next from running. */
  void run(Path folder, List<Long> seeds) throws Exception {
    Path undisturbed = Undisturbed.run(folder.resolve("undisturbed"), sweep);
    report.say("an undisturbed run is done");
    for (long seed : seeds) {
      report.say("seed " + seed);
      List<String> problems = run(folder.resolve("seed-" + seed), undisturbed, seed);
      report.say(problems.isEmpty() ? "as if nothing had happened" : problems.toString());
      report.row("seed " + seed, problems.isEmpty() ? "as if nothing had happened" : "FAILED");
      report.problems(problems.stream().map(problem -> "seed " + seed + ": " + problem).toList());
    }
  }

  private List<String> run(Path folder, Path undisturbed, long seed) throws Exception {
    try (Installation system = Installation.in(folder, new Installation.Size(3, 2, 4, 1))) {
      Session session = new Session(system, sweep, report);
      session.begin();
      storm(system, session, new Random(seed));
      return session.verdict(undisturbed);
    } catch (StuckException e) {
      return List.of(e.getMessage());
    }
  }

  private void storm(Installation system, Session session, Random random) throws Exception {
    Storm storm = new Storm(system, random, report, Set.of());
    long next = storm.next(LEAST, MOST);
    // Calm for the last of them: a trial may need a coordinator that leads for a lease's time.
    while (session.over() < sweep.trials() * 4 / 5) {
      storm.recover();
      if (System.nanoTime() >= next) {
        storm.strike();
        next = storm.next(LEAST, MOST);
      }
      session.look();
    }
    storm.recoverAll();
    report.say(storm.strikes() + " blows");
  }
}
