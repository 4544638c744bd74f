package dev.elbow.api.network;

/**
 * A tensor that training changes.
 *
 * @param name scoped like PyTorch's, for example {@code encoder.hidden.weight}; key of checkpoints
 *     and name of the ONNX initializer
 * @param shape in PyTorch's layout: {@code [out, in]} of a linear weight, {@code [out, in, kernel,
 *     kernel]} of a convolution, {@code [in, out, kernel, kernel]} of a transposed one
 * @param initialisation how its first values are drawn
 */
public record Parameter(String name, Shape shape, Initialisation initialisation) {}
