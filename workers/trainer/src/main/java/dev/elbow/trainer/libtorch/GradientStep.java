package dev.elbow.trainer.libtorch;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Forward and backward through a model.
 *
 * @param training computes objective, reconstruction and kl
 * @param clipNorm largest norm of all gradients together; 0 for no limit
 */
record GradientStep(Graph training, FlatTensors weights, double clipNorm) {
  /**
   * @param names of the parameters that the objective depends on
   * @param gradients of its mean over the batch, in the order of {@code names}, clipped
   * @param sums over the batch of objective, reconstruction and kl
   */
  record Result(List<String> names, List<Tensor> gradients, double[] sums) {}

  /**
   * To be called within {@link Native#call}.
   *
   * @param kept 0 and 1 for what dropout leaves out and keeps, by its name
   */
  Result run(
      Map<dev.elbow.api.network.Tensor, Tensor> given,
      Map<String, Double> scheduled,
      Map<String, Tensor> kept,
      int batch) {
    TensorRules rules = new TensorRules(weights.views(), scheduled, batch, Optional.of(kept));
    List<Tensor> figures = training.evaluate(rules, given).stream().map(rules::examples).toList();
    Result result = differentiate(figures.get(0).mean(), sums(figures));
    if (clipNorm > 0) {
      clip(result.gradients());
    }
    return result;
  }

  private static double[] sums(List<Tensor> figures) {
    ScalarTypeOptional inDouble = new ScalarTypeOptional(ScalarType.Double);
    return figures.stream().mapToDouble(t -> t.detach().sum(inDouble).item_double()).toArray();
  }

  private Result differentiate(Tensor loss, double[] sums) {
    List<String> names = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    List<String> parameters = training.parameters().stream().map(Parameter::name).toList();
    TensorVector leaves =
        new TensorVector(parameters.stream().map(weights::view).toArray(Tensor[]::new));
    TensorVector all =
        torch.grad(
            new TensorVector(loss), leaves, new TensorVector(), new BoolOptional(), false, true);
    int index = 0;
    for (String name : parameters) {
      Tensor gradient = all.get(index++);
      if (gradient.defined()) {
        names.add(name);
        gradients.add(gradient);
      }
    }
    return new Result(names, gradients, sums);
  }

  // As torch.nn.utils.clip_grad_norm_ does it: the norm of the norms, 1e-6 against division by 0.
  private void clip(List<Tensor> gradients) {
    Tensor[] norms = gradients.stream().map(Tensor::norm).toArray(Tensor[]::new);
    double norm = torch.stack(new TensorVector(norms)).norm().item_double();
    if (norm + 1e-6 > clipNorm) {
      Scalar factor = new Scalar(clipNorm / (norm + 1e-6));
      gradients.forEach(gradient -> gradient.mul_(factor));
    }
  }
}
