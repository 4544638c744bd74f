package dev.elbow.trainer.onnx;

import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every operation of the language, as small descriptions. */
public final class Operations {
  private Operations() {}

  /** Name, shape of the input, and what is made of it. */
  public static Stream<Arguments> all() {
    Shape row = Shape.of(6);
    Shape image = Shape.of(2, 5, 6);
    return Stream.of(
        operation("linear", row, x -> x.linear("a", 4)),
        operation("two linear", row, x -> x.linear("a", 4).linear("b", 3)),
        operation("conv2d", image, x -> x.conv2d("a", 3, 3, 1, 0)),
        operation("conv2d with stride and padding", image, x -> x.conv2d("a", 3, 4, 2, 1)),
        operation("convTranspose2d", image, x -> x.convTranspose2d("a", 3, 3, 1, 0, 0)),
        operation("convTranspose2d, padded", image, x -> x.convTranspose2d("a", 3, 4, 2, 1, 0)),
        operation("convTranspose2d, rest", image, x -> x.convTranspose2d("a", 3, 3, 2, 1, 1)),
        operation("linear without bias", row, x -> x.linear("a", 4, false)),
        operation("conv2d without bias", image, x -> x.conv2d("a", 3, 3, 1, 0, false)),
        operation(
            "convTranspose2d without bias",
            image,
            x -> x.convTranspose2d("a", 3, 3, 1, 0, 0, false)),
        operation(
            "convTranspose2d to one channel without bias",
            image,
            x -> x.convTranspose2d("a", 1, 3, 1, 0, 0, false)),
        operation("layerNorm", row, x -> x.layerNorm("a")),
        operation("layerNorm of an image", image, x -> x.layerNorm("a")),
        operation(
            "layerNorm of many channels", image, x -> x.conv2d("b", 9, 3, 1, 0).layerNorm("a")),
        operation("batchNorm", row, x -> x.square().batchNorm("a").tanh()),
        operation("batchNorm of an image", image, x -> x.square().batchNorm("a").tanh()),
        operation(
            "batchNorm of many channels",
            image,
            x -> x.conv2d("b", 9, 3, 1, 0, false).batchNorm("a").tanh()),
        operation("dropout", row, x -> x.tanh().dropout("a", 0.3)),
        operation("dropout of an image", image, x -> x.dropout("a", 0.5).dropout("b", 0.1)),
        operation("flatten", image, Tensor::flatten),
        operation("reshape", image, x -> x.reshape(3, 20)),
        operation("reshape of a row", row, x -> x.reshape(1, 2, 3)),
        operation("reshape to the same", image, x -> x.reshape(2, 5, 6)),
        operation("reshape of a figure", row, x -> x.sum().reshape(1)),
        operation("reshape to a figure", Shape.of(1), x -> x.reshape()),
        operation("rescoped", row, x -> x.rescoped("decoder").linear("a", 2)),
        operation("concat of rows", row, x -> x.concat(0, x.scale(2))),
        operation("concat of channels", image, x -> x.concat(0, x.slice(0, 0, 1), x)),
        operation("concat of columns", image, x -> x.concat(2, x.slice(2, 1, 3))),
        operation("pad", row, x -> x.pad(0, 1, 2, 0.5)),
        operation("pad of rows", image, x -> x.pad(1, 2, 0, -1)),
        operation("slice", row, x -> x.slice(0, 2, 5)),
        operation("slice of columns", image, x -> x.slice(2, 1, 4)),
        operation("spread", row, x -> x.tanh().spread(2, 3)),
        operation("plus", row, x -> x.plus(x.tanh())),
        operation("plus a figure", row, x -> x.plus(x.sum())),
        operation("a figure plus an image", image, x -> x.mean().plus(x)),
        operation("two figures", row, x -> x.sum().plus(x.mean())),
        operation("minus", row, x -> x.exp().minus(x)),
        operation("times", image, x -> x.times(x.sigmoid())),
        operation("times a figure", image, x -> x.times(x.mean())),
        operation("a figure times a row", row, x -> x.mean().times(x)),
        operation("scale", row, x -> x.scale(-2.5)),
        operation("plus a number", row, x -> x.plus(0.75)),
        operation("scale by one", row, x -> x.scale(1)),
        operation("relu", row, Tensor::relu),
        operation("leakyRelu", row, x -> x.leakyRelu(0.2)),
        operation("tanh", row, Tensor::tanh),
        operation("sigmoid", row, Tensor::sigmoid),
        operation("softplus", row, Tensor::softplus),
        operation("softplus of large values", row, x -> x.scale(100).softplus()),
        operation("exp", row, Tensor::exp),
        operation("log", row, x -> x.square().plus(0.1).log()),
        operation("square", image, Tensor::square),
        operation("abs", row, Tensor::abs),
        operation("silu", image, Tensor::silu),
        operation("gelu", image, Tensor::gelu),
        operation("logSinhc", row, Tensor::logSinhc),
        operation("logSinhc near zero", row, x -> x.scale(0.4).logSinhc()),
        operation("logSinhc of large values", row, x -> x.scale(100).logSinhc()),
        operation("langevin", row, Tensor::langevin),
        operation("langevin near zero", row, x -> x.scale(0.4).langevin()),
        operation("langevin of large values", row, x -> x.scale(100).langevin()),
        operation("outer", row, x -> x.outer(x.slice(0, 1, 4).exp())),
        operation("gated", row, x -> x.exp().gated()),
        operation("detached", row, x -> x.plus(x.square().detached())),
        operation("sum", image, Tensor::sum),
        operation("sum of a figure", row, x -> x.sum().sum()),
        operation("mean", image, Tensor::mean),
        operation("logSumExp", image, Tensor::logSumExp),
        operation("logSumExp of large values", row, x -> x.scale(200).logSumExp()));
  }

  private static Arguments operation(String name, Shape shape, UnaryOperator<Tensor> block) {
    return Arguments.of(name, shape, block);
  }
}
