package dev.elbow.trainer.training;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Moment;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a model that change from step to step, such as β during warm-up.
 *
 * @param schedules by name
 */
record ScheduledFigures(Map<String, Schedule> schedules, TrainingPlan plan) {

  static ScheduledFigures of(Vae vae, TrainingPlan plan) {
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    vae.training().order().stream()
        .map(dev.elbow.api.network.Tensor::op)
        .filter(Op.Scheduled.class::isInstance)
        .map(Op.Scheduled.class::cast)
        .forEach(figure -> schedules.put(figure.name(), figure.schedule()));
    return new ScheduledFigures(schedules, plan);
  }

  /** Their values for {@code count} steps from {@code first} on, by name. */
  Map<String, double[]> at(long first, int count) {
    Map<String, double[]> values = new LinkedHashMap<>();
    schedules.forEach((name, schedule) -> values.put(name, at(schedule, first, count)));
    return values;
  }

  private double[] at(Schedule schedule, long first, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = schedule.at(new Moment(first + i, plan.steps(), plan.images()));
    }
    return values;
  }
}
