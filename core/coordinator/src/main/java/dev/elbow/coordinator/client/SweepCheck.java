package dev.elbow.coordinator.client;

import dev.elbow.coordinator.sweep.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would come of a sweep file: answer to {@code POST /api/validate}.
 *
 * @param valid whether it could be submitted
 * @param problems all that is wrong with it, in the order of the file
 * @param plan what it would train; empty if there are problems
 */
public record SweepCheck(boolean valid, List<Problem> problems, Optional<Plan> plan) {
  public SweepCheck {
    problems = List.copyOf(problems);
  }

  /**
   * What a sweep would train.
   *
   * @param sweep its name
   * @param known whether a sweep of this name is there
   * @param trials configurations times seeds
   * @param seeds how often each configuration is trained
   * @param parameters names of those that vary, in file order
   * @param models the first of the different models
   * @param modelCount how many different models were looked at
   * @param complete whether these are all
   * @param slots of the workers that are there; 0 if none is
   * @param seconds that they take, very roughly; for one slot if there is none
   * @param notices sentences for people about what is not as one might think
   */
  public record Plan(
      String sweep,
      boolean known,
      int trials,
      int seeds,
      List<String> parameters,
      List<ModelSize> models,
      int modelCount,
      boolean complete,
      int slots,
      double seconds,
      List<String> notices) {}

  /**
   * A model of the sweep.
   *
   * @param parameters the varied parameters that make it, by name
   * @param weights how many figures training changes
   * @param multiplyAdds of one image, forward
   * @param trials how many trials have it
   */
  public record ModelSize(
      Map<String, Object> parameters, long weights, long multiplyAdds, long trials) {}
}
