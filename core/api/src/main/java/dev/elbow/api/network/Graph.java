package dev.elbow.api.network;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that some outputs are made of, in an order in which each value stands after those it
 * is made of. The order depends on the description alone. Immutable and thread-safe.
 */
public final class Graph {
  private final List<Tensor> outputs;
  private final List<Tensor> order;
  private final List<Parameter> parameters;
  private final List<Parameter> buffers;

  private Graph(List<Tensor> outputs, List<Tensor> order) {
    this.outputs = List.copyOf(outputs);
    this.order = List.copyOf(order);
    this.parameters = collect(order, Op::parameters);
    this.buffers = collect(order, Op::buffers);
    collect(order, Graph::drawn);
  }

  /**
   * The graph of {@code outputs}.
   *
   * @throws DescriptionException where two layers have the same name
   */
  public static Graph of(Tensor... outputs) {
    return of(List.of(outputs));
  }

  /** As {@link #of(Tensor...)}. */
  public static Graph of(List<Tensor> outputs) {
    Map<Tensor, Boolean> seen = new IdentityHashMap<>();
    List<Tensor> order = new ArrayList<>();
    outputs.forEach(output -> visit(output, seen, order));
    return new Graph(outputs, order);
  }

  /** What the graph was made for. */
  public List<Tensor> outputs() {
    return outputs;
  }

  /** Every value, inputs first, each after those it is made of. */
  public List<Tensor> order() {
    return order;
  }

  /** Every parameter, in the order of first use. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Every buffer: what training keeps beside the parameters, in the order of first use. */
  public List<Parameter> buffers() {
    return buffers;
  }

  /** All that makes a trained model: the parameters, then the buffers. */
  public List<Parameter> state() {
    return Stream.concat(parameters.stream(), buffers.stream()).toList();
  }

  /** How many values the optimizer changes. */
  public long parameterCount() {
    return parameters.stream().mapToLong(parameter -> parameter.shape().size()).sum();
  }

  /** Multiply-add operations of one example, forward. */
  public long multiplyAdds() {
    return order.stream()
        .mapToLong(
            tensor -> tensor.population().samples() * tensor.op().multiplyAdds(tensor.shape()))
        .sum();
  }

  /**
   * What {@code rules} make of the outputs, in their order.
   *
   * @param given results that are known already, for inputs or for any value in between (an {@link
   *     IdentityHashMap}): what lies behind those alone is not walked
   */
  public <T> List<T> evaluate(Rules<T> rules, Map<Tensor, T> given) {
    Map<Tensor, T> results = new IdentityHashMap<>(given);
    for (Tensor tensor : needed(given.keySet())) {
      List<T> inputs = tensor.inputs().stream().map(results::get).toList();
      List<Shape> shapes = tensor.inputs().stream().map(Tensor::shape).toList();
      results.put(tensor, tensor.op().apply(rules, inputs, shapes));
    }
    return outputs.stream().map(results::get).toList();
  }

  /** What has to be computed or told for the outputs, in order, where {@code given} is known. */
  public List<Tensor> needed(Set<Tensor> given) {
    Map<Tensor, Boolean> seen = new IdentityHashMap<>();
    given.forEach(tensor -> seen.put(tensor, true));
    List<Tensor> needed = new ArrayList<>();
    outputs.forEach(output -> visit(output, seen, needed));
    return needed;
  }

  private static void visit(Tensor tensor, Map<Tensor, Boolean> seen, List<Tensor> order) {
    if (seen.putIfAbsent(tensor, true) == null) {
      tensor.inputs().forEach(input -> visit(input, seen, order));
      order.add(tensor);
    }
  }

  /** What is drawn goes by its layer's name, so that is one of a kind too. */
  private static List<Parameter> drawn(Op op) {
    return op instanceof Op.Dropout dropout
        ? List.of(new Parameter(dropout.name(), Shape.of(), new Initialisation.Constant(0)))
        : List.of();
  }

  private static List<Parameter> collect(
      List<Tensor> order, Function<Op, List<Parameter>> tensors) {
    Map<String, Tensor> owners = new LinkedHashMap<>();
    List<Parameter> found = new ArrayList<>();
    for (Tensor tensor : order) {
      for (Parameter parameter : tensors.apply(tensor.op())) {
        requireFirst(owners.putIfAbsent(parameter.name(), tensor), parameter, tensor);
        found.add(parameter);
      }
    }
    return List.copyOf(found);
  }

  private static void requireFirst(Tensor other, Parameter parameter, Tensor tensor) {
    if (other != null) {
      String problem =
          "parameter '%s' is used twice, first at %s".formatted(parameter.name(), other.origin());
      throw new DescriptionException(problem, tensor.origin());
    }
  }
}
