package dev.elbow.trainer.libtorch;

import dev.elbow.api.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/** Stochastic gradient descent; without momentum it remembers nothing. */
record SgdUpdate(
    Optimizer.Sgd sgd, double decay, UpdatePrograms programs, Map<String, FlatTensors> moments)
    implements Update {

  @Override
  public void apply(
      FlatTensors weights,
      List<String> names,
      List<Tensor> gradients,
      double learningRate,
      long updates) {
    programs.sgd(
        Lists.of(names.stream().map(weights::view).toList()),
        Lists.of(gradients),
        Lists.of(velocity(names)),
        new IValue(learningRate),
        new IValue(sgd.momentum()),
        new IValue(decay));
  }

  private List<Tensor> velocity(List<String> names) {
    return Stream.ofNullable(moments.get("momentum_buffer"))
        .flatMap(velocity -> names.stream().map(velocity::view))
        .toList();
  }
}
