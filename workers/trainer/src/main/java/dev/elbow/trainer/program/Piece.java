package dev.elbow.trainer.program;

import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of the flat memory that a program uses as one tensor.
 *
 * @param parameters that lie in it, one after the other: more than one where layers on the same
 *     input are computed as one product
 * @param shape of the whole
 */
record Piece(List<Parameter> parameters, Shape shape) {
  Piece {
    parameters = List.copyOf(parameters);
  }

  /** {@code parameters} one above the other. */
  static Piece of(List<Parameter> parameters) {
    int rows = parameters.stream().mapToInt(parameter -> parameter.shape().dimension(0)).sum();
    return new Piece(parameters, parameters.get(0).shape().with(0, rows));
  }

  String names() {
    return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
  }

  long size() {
    return shape.size();
  }
}
