package dev.elbow.acceptance.chaos;

import java.nio.file.Path;
import java.util.List;

/** One blow of each kind to a system that trains, and what was left of it. */
final class PlannedRun {
  private final Installation.Size size;
  private final ShortTrials sweep;
  private final Report report;

  private PlannedRun(Installation.Size size, ShortTrials sweep, Report report) {
    this.size = size;
    this.sweep = sweep;
    this.report = report;
  }

  /** One broker, two coordinators, two workers, and a minute's work. */
  static PlannedRun shortForm(Report report) {
    return new PlannedRun(
        new Installation.Size(1, 2, 2, 1), new ShortTrials("kills", 2, 20, 100, 5), report);
  }

  /** Three brokers, two coordinators, four workers, 200 trials. */
  static PlannedRun longForm(Report report) {
    return new PlannedRun(
        new Installation.Size(3, 2, 4, 1), new ShortTrials("planned", 10, 20, 100, 8), report);
  }

  /** Everything that is asked of a system of many machines. */
  void all(Path folder) throws Exception {
    run(
        folder,
        (system, blows) -> {
          List<Member> workers = system.workers();
          return List.of(
              () -> report.hit(blows.killWorker(workers.get(0))),
              () -> report.hit(blows.killCoordinator()),
              () -> report.hit(blows.killWorker(workers.get(1))),
              () -> report.hit(blows.killBroker()),
              () -> report.hit(blows.holdWorker(workers.get(2))),
              () -> report.hit(blows.leave(workers.get(3))),
              () -> report.hit(blows.holdCoordinator()));
        });
  }

  /** One of each kill. */
  void kills(Path folder) throws Exception {
    run(
        folder,
        (system, blows) ->
            List.of(
                () -> report.hit(blows.killCoordinator()),
                () -> report.hit(blows.killBroker()),
                () -> report.hit(blows.killWorker(system.workers().get(0)))));
  }

  /** What is done to a system. */
  @FunctionalInterface
  private interface Plan {
    List<Session.Trouble> of(Installation system, Blows blows);
  }

  private void run(Path folder, Plan plan) throws Exception {
    Path undisturbed = Undisturbed.run(folder.resolve("undisturbed"), sweep);
    report.say("an undisturbed run is done");
    try (Installation system = Installation.in(folder.resolve("system"), size)) {
      Session session = new Session(system, sweep, report);
      session.begin();
      session.trouble(plan.of(system, new Blows(system)));
      report.problems(session.verdict(undisturbed));
    }
  }
}
