package dev.elbow.cli;

import dev.elbow.api.Evaluation;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import java.io.PrintStream;

/** One line for whatever happens, for files and pipes. */
final class PlainProgress implements Progress {
  private final PrintStream out;
  private final TrialLines lines;

  PlainProgress(PrintStream out, TrialLines lines) {
    this.out = out;
    this.lines = lines;
  }

  @Override
  public void started(TrialId trial, int attempt) {
    out.println(lines.started(trial, attempt));
  }

  @Override
  public void evaluated(TrialId trial, Evaluation evaluation) {
    out.println(lines.evaluated(trial, evaluation));
  }

  @Override
  public void ended(TrialView trial) {
    out.println(lines.ended(trial));
  }

  @Override
  public void changed(SweepView sweep) {
    // Lines that nobody can redraw would only fill the file.
  }

  @Override
  public void tick() {
    // Likewise.
  }

  @Override
  public void note(String text) {
    out.println(text);
  }

  @Override
  public void close() {
    out.flush();
  }
}
