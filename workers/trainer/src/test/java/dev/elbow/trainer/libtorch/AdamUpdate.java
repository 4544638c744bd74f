package dev.elbow.trainer.libtorch;

import dev.elbow.api.Optimizer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adam (Kingma and Ba 2015, algorithm 1). */
record AdamUpdate(
    Optimizer.Adam adam, double decay, UpdatePrograms programs, Map<String, FlatTensors> moments)
    implements Update {
  @Override
  public void apply(
      FlatTensors weights,
      List<String> names,
      List<Tensor> gradients,
      double learningRate,
      long updates) {
    Tensor step = torch.full(new long[0], new Scalar((double) updates));
    programs.adam(
        Lists.of(names.stream().map(weights::view).toList()),
        Lists.of(gradients),
        Lists.of(names.stream().map(moments.get("exp_avg")::view).toList()),
        Lists.of(names.stream().map(moments.get("exp_avg_sq")::view).toList()),
        Lists.of(Collections.nCopies(names.size(), step)),
        new IValue(learningRate),
        new IValue(adam.beta1()),
        new IValue(adam.beta2()),
        new IValue(decay),
        new IValue(adam.epsilon()));
  }
}
