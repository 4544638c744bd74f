package dev.elbow.trainer.libtorch;

import static dev.elbow.trainer.libtorch.UpdatePrograms.list;

import dev.elbow.api.Optimizer;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/** Stochastic gradient descent; without momentum it remembers nothing. */
record SgdUpdate(
    Optimizer.Sgd sgd, double decay, UpdatePrograms programs, Map<String, FlatTensors> moments)
    implements Update {

  static List<String> names(Optimizer.Sgd sgd) {
    return sgd.momentum() > 0 ? List.of("momentum_buffer") : List.of();
  }

  @Override
  public void apply(
      FlatTensors weights,
      List<String> names,
      List<Tensor> gradients,
      double learningRate,
      long updates) {
    programs.sgd(
        list(names.stream().map(weights::view).toList()),
        list(gradients),
        list(velocity(names)),
        new IValue(learningRate),
        new IValue(sgd.momentum()),
        new IValue(decay));
  }

  private List<Tensor> velocity(List<String> names) {
    return moments.values().stream()
        .flatMap(velocity -> names.stream().map(velocity::view))
        .toList();
  }
}
