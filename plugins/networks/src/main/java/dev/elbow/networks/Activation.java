package dev.elbow.networks;

import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The option {@code activation}: what follows each hidden layer. */
final class Activation {
  /** PyTorch's default slope of LeakyReLU below zero. */
  private static final double LEAK = 0.01;

  private static final String NAME = "activation";
  private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS =
      Map.of(
          "relu", Tensor::relu,
          "silu", Tensor::silu,
          "gelu", Tensor::gelu,
          "leaky-relu", x -> x.leakyRelu(LEAK),
          "tanh", Tensor::tanh,
          "sigmoid", Tensor::sigmoid,
          "softplus", Tensor::softplus);

  /** As people are shown it, the default first. */
  static final Option OPTION =
      Option.choice(
          NAME,
          List.of("relu", "leaky-relu", "tanh", "sigmoid", "softplus", "silu", "gelu"),
          "Function after each hidden layer; leaky-relu has slope 0.01 below zero.");

  private Activation() {}

  /** The chosen function. */
  static UnaryOperator<Tensor> of(Options options) {
    return FUNCTIONS.get(options.text(NAME));
  }
}
