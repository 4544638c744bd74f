package dev.elbow.trainer.libtorch;

import dev.elbow.api.Vae;
import dev.elbow.trainer.engine.Steps;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What some steps were given, copied to libtorch in one piece and handed out step by step. */
final class ChunkTensors {
  private final Steps steps;
  private final Vae vae;
  private final Tensor numbers;
  private final Tensor noise;
  private final Tensor conditions;
  private final Tensor drawn;
  private final Tensor kept;
  private final long[] starts;

  /** To be called within {@link Native#call}. */
  ChunkTensors(Steps steps, Vae vae) {
    this.steps = steps;
    this.vae = vae;
    long images = steps.batch().images().length;
    numbers = Native.tensor(steps.batch().images());
    noise = Native.tensor(steps.batch().noise(), images, vae.noiseSize());
    conditions = Native.tensor(steps.batch().conditions(), images, vae.conditionSize());
    long[] shape = Shapes.batched(images, vae.image());
    drawn = steps.drawn().map(pixels -> Native.tensor(pixels, shape)).orElse(null);
    kept = Native.tensor(steps.kept(), images, vae.dropoutSize());
    starts = new long[steps.count()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + steps.sizes()[i - 1];
    }
  }

  /** Images and noise of a step. */
  Map<dev.elbow.api.network.Tensor, Tensor> given(int step) {
    Map<dev.elbow.api.network.Tensor, Tensor> given = new IdentityHashMap<>();
    given.put(vae.x(), images(step));
    Noise.give(vae.noise(), part(noise, step), steps.sizes()[step], given);
    Noise.give(vae.conditions(), part(conditions, step), steps.sizes()[step], given);
    return given;
  }

  /** What dropout keeps in a step. */
  Map<String, Tensor> kept(int step) {
    return steps.kept().length == 0 ? Map.of() : Noise.kept(vae, part(kept, step));
  }

  /** The scheduled figures of a step. */
  Map<String, Double> scheduled(int step) {
    Map<String, Double> figures = new HashMap<>();
    steps.scheduled().forEach((name, values) -> figures.put(name, values[step]));
    return figures;
  }

  private Tensor images(int step) {
    return drawn == null
        ? ((ImageMemory) steps.batch().source()).gather(part(numbers, step))
        : part(drawn, step).to(ScalarType.Float);
  }

  private Tensor part(Tensor all, int step) {
    return all.narrow(0, starts[step], steps.sizes()[step]);
  }
}
