package dev.elbow.api;

import java.util.List;

/** What the learning rate is multiplied by at each step, counted from 0. Immutable. */
public sealed interface LearningRateSchedule {
  /** Steps over which the factor rises linearly from 1 / warmupSteps to 1; 0 for none. */
  long warmupSteps();

  /**
   * The factor without warm-up.
   *
   * @param step from 0 to {@code steps} − 1
   * @param steps of the whole trial
   */
  double shape(long step, long steps);

  /** The factor for {@code step} of {@code steps}, from 0 to 1. */
  default double factor(long step, long steps) {
    return shape(step, steps) * (step < warmupSteps() ? (step + 1.0) / warmupSteps() : 1);
  }

  /** Always 1. */
  record Constant(long warmupSteps) implements LearningRateSchedule {
    @Override
    public double shape(long step, long steps) {
      return 1;
    }
  }

  /**
   * Half a cosine from 1 to {@code last} (Loshchilov and Hutter 2017, equation 5, without
   * restarts).
   */
  record Cosine(long warmupSteps, double last) implements LearningRateSchedule {
    @Override
    public double shape(long step, long steps) {
      return last + (1 - last) * 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
    }
  }

  /** Times {@code factor} after each milestone that lies behind. */
  record Multistep(long warmupSteps, List<Long> milestones, double factor)
      implements LearningRateSchedule {
    public Multistep {
      milestones = List.copyOf(milestones);
    }

    @Override
    public double shape(long step, long steps) {
      long behind = milestones.stream().filter(milestone -> step >= milestone).count();
      return StrictMath.pow(factor, behind);
    }
  }
}
