package dev.elbow.trainer.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.training.TrainingPosition;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A trial between two steps, complete: training goes on from it as if it had never stopped.
 *
 * @param shapes of parameters and buffers, by name
 */
public record Checkpoint(ModelState state, TrainingPosition position, Map<String, Shape> shapes) {
  public Checkpoint {
    requireNonNull(state, "state is null");
    requireNonNull(position, "position is null");
    shapes = Map.copyOf(shapes);
  }

  /** A model of {@code vae} in training. */
  public static Checkpoint of(Vae vae, ModelState state, TrainingPosition position) {
    return new Checkpoint(state, position, shapes(vae));
  }

  /** Whether it holds what makes up {@code vae}: a plugin may have changed meanwhile. */
  public boolean fits(Vae vae) {
    return shapes.equals(shapes(vae));
  }

  private static Map<String, Shape> shapes(Vae vae) {
    return vae.training().state().stream()
        .collect(Collectors.toMap(Parameter::name, Parameter::shape));
  }
}
