package dev.elbow.acceptance.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Blows at random: to whom, which, and for how long is drawn from a seed; what they meet is the
 * system's affair. One after the other is struck before the last has recovered. For one thread.
 */
final class Storm {
  private static final int MOST_WORKERS = 6;
  private static final double SHORTEST_SECONDS = 1;
  // Beyond a lease and every session.
  private static final double LONGEST_SECONDS = 22;

  private final Installation system;
  private final Random random;
  private final Report report;
  private final Set<Member> spared;
  private final List<Recovery> due = new ArrayList<>();
  private int strikes;

  /**
   * @param spared who is never struck
   */
  Storm(Installation system, Random random, Report report, Set<Member> spared) {
    this.system = system;
    this.random = random;
    this.report = report;
    this.spared = Set.copyOf(spared);
  }

  /** What is to be undone, and when. */
  private record Recovery(long nanos, Member member) {}

  private enum Kind {
    KILL_WORKER,
    KILL_COORDINATOR,
    KILL_BROKER,
    HOLD_WORKER,
    HOLD_COORDINATOR,
    LEAVE,
    JOIN
  }

  int strikes() {
    return strikes;
  }

  /**
   * Strikes somebody, unless whoever was drawn is down already.
   *
   * @return whether anybody was struck
   */
  boolean strike() throws Exception {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    // Drawn in any case, so that a seed means the same whoever is down.
    double place = random.nextDouble();
    long pause = seconds(SHORTEST_SECONDS + random.nextDouble() * spread());
    if (kind == Kind.JOIN) {
      join();
      return false;
    }
    Optional<Member> target = target(kind, place);
    if (target.isPresent()) {
      strike(kind, target.get());
      due.add(new Recovery(System.nanoTime() + pause, target.get()));
    }
    return target.isPresent();
  }

  private static double spread() {
    return LONGEST_SECONDS - SHORTEST_SECONDS;
  }

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  private void join() throws Exception {
    if (system.workers().size() < MOST_WORKERS) {
      Member added = system.addWorker();
      added.start();
      report.say("worker %s joins".formatted(added.name()));
    }
  }

  private Optional<Member> target(Kind kind, double place) {
    List<Member> candidates =
        switch (kind) {
          case KILL_COORDINATOR, HOLD_COORDINATOR -> leadingCoordinator();
          case KILL_BROKER -> leadingBroker();
          default -> system.workers();
        };
    List<Member> able = candidates.stream().filter(this::canBeStruck).toList();
    return able.isEmpty() ? Optional.empty() : Optional.of(able.get((int) (place * able.size())));
  }

  // A leader that is spared leaves the blow to those who stand by.
  private List<Member> leadingCoordinator() {
    List<Member> leader = system.leader().stream().toList();
    return leader.stream().anyMatch(spared::contains) ? system.coordinators() : leader;
  }

  // With one down, two of three are the least that Kafka asks for.
  private List<Member> leadingBroker() {
    return allUp(system.brokers()) ? system.queueLeader().stream().toList() : List.of();
  }

  private static boolean allUp(List<Member> members) {
    return members.stream().allMatch(member -> member.served().isPresent());
  }

  private boolean canBeStruck(Member member) {
    boolean isDown = member.isHeld() || member.isLeaving() || member.served().isEmpty();
    return !spared.contains(member) && !isDown;
  }

  private void strike(Kind kind, Member member) throws Exception {
    strikes++;
    String name = member.served().orElseThrow();
    String doing = doing(name);
    switch (kind) {
      case HOLD_WORKER, HOLD_COORDINATOR -> member.hold();
      case LEAVE -> member.ask();
      default -> member.kill();
    }
    report.say("%s %s%s".formatted(kind, member.name(), doing));
  }

  private String doing(String worker) {
    return system
        .log()
        .ask(
            history ->
                history
                    .running(worker)
                    .map(start -> ", which trains " + start.trial())
                    .findFirst()
                    .orElse(""));
  }

  /** Starts again, or lets go on, whoever has been down for long enough. */
  void recover() throws Exception {
    long now = System.nanoTime();
    recover(due.stream().filter(recovery -> recovery.nanos() <= now).toList());
  }

  /** Starts again, or lets go on, whoever is down. */
  void recoverAll() throws Exception {
    recover(List.copyOf(due));
  }

  private void recover(List<Recovery> now) throws Exception {
    due.removeAll(now);
    for (Recovery recovery : now) {
      if (recovery.member().isHeld()) {
        recovery.member().goOn();
      } else {
        recovery.member().start();
      }
    }
  }

  /** Everybody who is up, and was not struck since. */
  Stream<Member> up() {
    return system.members().stream().filter(Member::isAlive).filter(member -> !member.isHeld());
  }

  /** When the next blow falls, drawn between two times from now. */
  long next(Duration least, Duration most) {
    long spread = most.minus(least).toNanos();
    return System.nanoTime() + least.toNanos() + (long) (random.nextDouble() * spread);
  }
}
