package dev.elbow.trainer.libtorch;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Forward and backward through a model and what it is set against.
 *
 * @param clipNorm largest norm of all gradients of the model together; 0 for no limit
 */
record GradientStep(Vae vae, FlatTensors weights, double clipNorm) {
  /** Objective, reconstruction and kl. */
  private static final int FIGURES = 3;

  /**
   * @param names of the parameters that the objective, or the loss of an adversary, depends on
   * @param gradients of its mean over the batch, in the order of {@code names}; the model's are
   *     clipped
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
    TrainingStep step = TrainingStep.of(kept);
    TensorRules rules = new TensorRules(weights.views(), scheduled, batch, Optional.of(step));
    List<Tensor> all = training().evaluate(rules, given);
    Function<dev.elbow.api.network.Tensor, Tensor> found =
        output -> all.get(training().outputs().indexOf(output));
    List<Tensor> figures = all.stream().limit(FIGURES).map(rules::examples).toList();
    List<Tensor> gradients =
        new ArrayList<>(
            gradients(figures.get(0).mean(), step.gates(), vae.codeWeight().map(found)));
    vae.adversary()
        .map(Adversary::loss)
        .map(found)
        .ifPresent(loss -> setAdversary(gradients, gradients(rules.examples(loss).mean())));
    Result result = named(gradients, sums(figures));
    if (clipNorm > 0) {
      clip(result);
    }
    return result;
  }

  private Graph training() {
    return vae.training();
  }

  private List<Tensor> gradients(Tensor loss) {
    return gradients(loss, List.of(), Optional.empty());
  }

  /** Each network learns from its own figure alone. */
  private void setAdversary(List<Tensor> gradients, List<Tensor> ofLoss) {
    List<Parameter> parameters = training().parameters();
    for (int i = 0; i < gradients.size(); i++) {
      if (Adversary.owns(parameters.get(i))) {
        gradients.set(i, ofLoss.get(i));
      }
    }
  }

  private static double[] sums(List<Tensor> figures) {
    ScalarTypeOptional inDouble = new ScalarTypeOptional(ScalarType.Double);
    return figures.stream().mapToDouble(t -> t.detach().sum(inDouble).item_double()).toArray();
  }

  /** For each parameter; those that the loss does not depend on are undefined. */
  private List<Tensor> gradients(
      Tensor loss, List<TrainingStep.Gate> gates, Optional<Tensor> weight) {
    List<Tensor> parameters = new ArrayList<>();
    training().parameters().forEach(parameter -> parameters.add(weights.view(parameter.name())));
    List<Tensor> leaves = new ArrayList<>(parameters);
    gates.forEach(gate -> leaves.add(gate.behind()));
    List<Tensor> found = gradients(loss, new TensorVector(), leaves);
    List<Tensor> sums = new ArrayList<>(found.subList(0, parameters.size()));
    for (int i = 0; i < gates.size(); i++) {
      Tensor arrived = found.get(parameters.size() + i);
      Tensor passed = weight.map(w -> arrived.mul(w.unsqueeze(1))).orElse(arrived);
      add(sums, gradients(gates.get(i).before(), new TensorVector(passed), parameters));
    }
    return sums;
  }

  private static List<Tensor> gradients(Tensor of, TensorVector arrived, List<Tensor> leaves) {
    TensorVector inputs = new TensorVector(leaves.toArray(Tensor[]::new));
    TensorVector all =
        torch.grad(new TensorVector(of), inputs, arrived, new BoolOptional(true), false, true);
    return LongStream.range(0, all.size()).mapToObj(all::get).toList();
  }

  private static void add(List<Tensor> sums, List<Tensor> summands) {
    for (int i = 0; i < sums.size(); i++) {
      Tensor sum = sums.get(i);
      Tensor summand = summands.get(i);
      if (summand.defined()) {
        sums.set(i, sum.defined() ? sum.add(summand) : summand);
      }
    }
  }

  private Result named(List<Tensor> all, double[] sums) {
    List<String> names = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).defined()) {
        names.add(training().parameters().get(i).name());
        gradients.add(all.get(i));
      }
    }
    return new Result(names, gradients, sums);
  }

  // As torch.nn.utils.clip_grad_norm_ does it: the norm of the norms, 1e-6 against division by 0.
  private void clip(Result result) {
    List<Tensor> gradients =
        IntStream.range(0, result.names().size())
            .filter(i -> !result.names().get(i).startsWith(Adversary.SCOPE + "."))
            .mapToObj(result.gradients()::get)
            .toList();
    Tensor[] norms = gradients.stream().map(Tensor::norm).toArray(Tensor[]::new);
    double norm = torch.stack(new TensorVector(norms)).norm().item_double();
    if (norm + 1e-6 > clipNorm) {
      Scalar factor = new Scalar(clipNorm / (norm + 1e-6));
      gradients.forEach(gradient -> gradient.mul_(factor));
    }
  }
}
