package dev.elbow.testkit;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a description computes, apart from the objects that it is made of: equal exactly if two
 * graphs have equal operations, wired equally.
 *
 * @param lines one for each value, in the order of the graph
 */
public record Structure(List<Line> lines) {
  /**
   * One value.
   *
   * @param inputs the numbers of the lines it is made of
   */
  public record Line(Op op, List<Integer> inputs) {}

  /** The structure of {@code graph}. */
  public static Structure of(Graph graph) {
    Map<Tensor, Integer> numbers = new IdentityHashMap<>();
    graph.order().forEach(tensor -> numbers.put(tensor, numbers.size()));
    return new Structure(
        graph.order().stream()
            .map(
                tensor ->
                    new Line(tensor.op(), tensor.inputs().stream().map(numbers::get).toList()))
            .toList());
  }
}
