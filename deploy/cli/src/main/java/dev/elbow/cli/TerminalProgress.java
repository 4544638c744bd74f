package dev.elbow.cli;

import dev.elbow.api.Evaluation;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * One bar for the sweep and one line for each slot, redrawn in place; what ended scrolls by above.
 */
final class TerminalProgress implements Progress {
  private static final AttributedStyle BOLD = AttributedStyle.DEFAULT.bold();
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
  private static final AttributedStyle GOOD =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle BAD =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
  private static final AttributedStyle BUSY =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
  private static final int SWEEP_BAR = 30;
  private static final int SLOT_BAR = 12;

  private final LiveLines screen;
  private final TrialLines lines;
  private final Supplier<Duration> time;
  private final SweepClock clock = new SweepClock();
  private final Map<TrialId, Evaluation> latest = new HashMap<>();
  private final int slots;
  private Optional<SweepView> sweep = Optional.empty();

  /**
   * @param slots how many trials run at once
   * @param time since any fixed moment
   */
  TerminalProgress(LiveLines screen, TrialLines lines, Supplier<Duration> time, int slots) {
    this.screen = screen;
    this.lines = lines;
    this.time = time;
    this.slots = slots;
  }

  @Override
  public synchronized void started(TrialId trial, int attempt) {
    if (attempt > 1) {
      screen.print(lines.started(trial, attempt) + "\n");
    }
  }

  @Override
  public synchronized void evaluated(TrialId trial, Evaluation evaluation) {
    latest.put(trial, evaluation);
    draw();
  }

  @Override
  public synchronized void ended(TrialView trial) {
    latest.remove(trial.id());
    screen.print(lines.ended(trial) + "\n");
    draw();
  }

  @Override
  public synchronized void changed(SweepView now) {
    sweep = Optional.of(now);
    draw();
  }

  @Override
  public synchronized void tick() {
    draw();
  }

  @Override
  public void note(String text) {
    screen.print(text + "\n");
  }

  private void draw() {
    sweep.ifPresent(view -> screen.show(drawn(view)));
  }

  private List<AttributedString> drawn(SweepView view) {
    List<AttributedString> drawn = new ArrayList<>(List.of(sweepLine(view)));
    for (int slot = 1; slot <= slots; slot++) {
      drawn.add(slotLine(slot, view));
    }
    return drawn;
  }

  private AttributedString sweepLine(SweepView view) {
    double running = executions(view).mapToDouble(this::share).sum();
    double share = Math.min(1, (ended(view) + running) / view.trials());
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(BOLD, view.sweep()).append(' ').styled(GOOD, Bar.of(share, SWEEP_BAR));
    line.append(" %d/%d trials".formatted(ended(view), view.trials()));
    if (view.count(TrialState.FAILED) > 0) {
      line.append("  ").styled(BAD, view.count(TrialState.FAILED) + " failed");
    }
    line.append("  ").styled(FAINT, Figures.duration(time.get()));
    return withTimeLeft(line, clock.left("", share, time.get()));
  }

  private static int ended(SweepView view) {
    return Stream.of(TrialState.values()).filter(TrialState::ended).mapToInt(view::count).sum();
  }

  private static Stream<Heartbeat.Execution> executions(SweepView view) {
    return view.running().stream().map(SweepView.Running::execution);
  }

  private double share(Heartbeat.Execution execution) {
    return clock.share(execution, lines.batchSize(execution.trial()), time.get());
  }

  private AttributedString slotLine(int slot, SweepView view) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(FAINT, " slot " + slot + "  ");
    Optional<Heartbeat.Execution> busy =
        executions(view).filter(execution -> execution.slot() == slot).findFirst();
    if (busy.isEmpty()) {
      return line.styled(FAINT, "waiting").toAttributedString();
    }
    Heartbeat.Execution execution = busy.get();
    line.styled(BOLD, execution.trial().folder()).append(' ');
    double share = share(execution);
    line.styled(BUSY, Bar.of(share, SLOT_BAR)).append(' ').append(phase(execution));
    return withTimeLeft(line, clock.left(execution.execution(), share, time.get()));
  }

  private String phase(Heartbeat.Execution execution) {
    String rate = Figures.rate(execution.imagesPerSecond()) + " images/s";
    return switch (execution.phase()) {
      case LOADING -> "loading data";
      case TRAINING -> reached(execution) + loss(execution) + "  " + rate;
      case EVALUATING -> reached(execution) + loss(execution) + "  evaluating";
      case EXPORTING -> "writing and checking the models";
    };
  }

  private String reached(Heartbeat.Execution execution) {
    int epochs = lines.epochs(execution.trial());
    return epochs == 0
        ? "step %d/%d".formatted(execution.step(), execution.steps())
        : "epoch %d/%d".formatted(Math.max(1, execution.epoch()), epochs);
  }

  private String loss(Heartbeat.Execution execution) {
    Evaluation evaluation = latest.get(execution.trial());
    return evaluation == null ? "" : "  loss " + Figures.nats(evaluation.test().loss());
  }

  private static AttributedString withTimeLeft(
      AttributedStringBuilder line, Optional<Duration> left) {
    left.ifPresent(time -> line.styled(FAINT, "  " + Figures.duration(time) + " left"));
    return line.toAttributedString();
  }

  @Override
  public synchronized void close() {
    sweep = Optional.empty();
    screen.show(List.of());
  }
}
