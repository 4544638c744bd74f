package dev.elbow.trainer.libtorch;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Tensor;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.EvaluationSums;
import java.util.IdentityHashMap;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One operation at a time: what the compiled evaluation must equal. */
record EagerEvaluation(Vae vae, FlatTensors weights) implements EvaluationMaker {
  @Override
  public EvaluationSums evaluate(Batch batch) {
    return Native.callWithoutGradients(() -> evaluateNow(batch));
  }

  private EvaluationSums evaluateNow(Batch batch) {
    int size = batch.images().length;
    Map<Tensor, org.bytedeco.pytorch.Tensor> given = new IdentityHashMap<>();
    given.put(vae.x(), ((ImageMemory) batch.source()).gather(Native.tensor(batch.images())));
    given.put(vae.eps(), Native.tensor(batch.noise(), size, vae.latent()));
    var told = Native.tensor(batch.conditions(), size, vae.conditionSize());
    Noise.give(vae.conditions(), told, size, given);
    Graph figures = Graph.of(vae.reconstruction(), vae.kl(), vae.klPerDimension(), vae.mu());
    var values = figures.evaluate(new TensorRules(weights.views(), Map.of(), size), given);
    org.bytedeco.pytorch.Tensor mu = values.get(3).to(ScalarType.Double);
    return new EvaluationSums(
        sum(values.get(0)).item_double(),
        sum(values.get(1)).item_double(),
        Native.doubles(sum(values.get(2))),
        Native.doubles(sum(mu)),
        Native.doubles(sum(mu.square())));
  }

  private static org.bytedeco.pytorch.Tensor sum(org.bytedeco.pytorch.Tensor examples) {
    return examples.sum(new long[] {0}, false, new ScalarTypeOptional(ScalarType.Double));
  }
}
