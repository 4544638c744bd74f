package dev.elbow.trainer.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Parameter;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.training.TrainingPosition;
import java.util.List;
import java.util.Map;

/** A trial between two steps, complete: training goes on from it as if it had never stopped. */
public record Checkpoint(ModelState state, TrainingPosition position) {
  public Checkpoint {
    requireNonNull(state, "state is null");
    requireNonNull(position, "position is null");
  }

  /** Whether it holds the parameters of {@code vae}: a plugin may have changed meanwhile. */
  public boolean fits(Vae vae) {
    Map<String, float[]> held = state.parameters();
    List<Parameter> needed = vae.training().parameters();
    return held.size() == needed.size()
        && needed.stream()
            .allMatch(
                parameter ->
                    held.containsKey(parameter.name())
                        && held.get(parameter.name()).length == parameter.shape().size());
  }
}
