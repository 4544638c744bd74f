package dev.elbow.trainer.libtorch;

import dev.elbow.api.Optimizer;
import dev.elbow.api.Training;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PyTorch's optimizers as its documentation writes them down ({@code torch.optim.Adam}, {@code
 * torch.optim.SGD}, {@code clip_grad_norm_}), in double precision and one weight at a time.
 */
final class OptimizerInDouble {
  private final Training training;
  private final Map<String, double[]> weights = new LinkedHashMap<>();
  private final Map<String, double[]> first = new LinkedHashMap<>();
  private final Map<String, double[]> second = new LinkedHashMap<>();
  private int steps;

  OptimizerInDouble(Training training, Map<String, float[]> start) {
    this.training = training;
    start.forEach(
        (name, values) -> {
          double[] copy = new double[values.length];
          for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
          }
          weights.put(name, copy);
          first.put(name, new double[values.length]);
          second.put(name, new double[values.length]);
        });
  }

  Map<String, float[]> weights() {
    Map<String, float[]> rounded = new LinkedHashMap<>();
    weights.forEach(
        (name, values) -> {
          float[] copy = new float[values.length];
          for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) values[i];
          }
          rounded.put(name, copy);
        });
    return rounded;
  }

  void step(Map<String, float[]> gradients, double rate) {
    steps++;
    double factor = clipFactor(gradients);
    gradients.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            double gradient = factor * values[i] + training.weightDecay() * weights.get(name)[i];
            weights.get(name)[i] -= rate * change(name, i, gradient);
          }
        });
  }

  private double clipFactor(Map<String, float[]> gradients) {
    double squares = 0;
    for (float[] values : gradients.values()) {
      for (float value : values) {
        squares += (double) value * value;
      }
    }
    double factor = training.clipNorm() / (Math.sqrt(squares) + 1e-6);
    return training.clipNorm() > 0 ? Math.min(1, factor) : 1;
  }

  private double change(String name, int i, double gradient) {
    if (training.optimizer() instanceof Optimizer.Sgd sgd) {
      first.get(name)[i] = sgd.momentum() * first.get(name)[i] + gradient;
      return first.get(name)[i];
    }
    Optimizer.Adam adam = (Optimizer.Adam) training.optimizer();
    double[] m = first.get(name);
    double[] v = second.get(name);
    m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * gradient;
    v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * gradient * gradient;
    double mean = m[i] / (1 - Math.pow(adam.beta1(), steps));
    double variance = v[i] / (1 - Math.pow(adam.beta2(), steps));
    return mean / (Math.sqrt(variance) + adam.epsilon());
  }
}
