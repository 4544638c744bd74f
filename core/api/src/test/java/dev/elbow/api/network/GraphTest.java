package dev.elbow.api.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Tensor x = Tensor.input("x", Shape.of(2), "");

  @Test
  void everyValueStandsOnceAndAfterThoseItIsMadeOf() {
    Tensor shared = x.exp();
    Tensor left = shared.square();
    Graph graph = Graph.of(left.plus(shared), left);
    assertEquals(4, graph.order().size());
    Set<Tensor> before = new HashSet<>();
    for (Tensor tensor : graph.order()) {
      assertTrue(before.containsAll(tensor.inputs()), tensor::toString);
      before.add(tensor);
    }
  }

  @Test
  void theOrderDependsOnTheDescriptionAlone() {
    assertEquals(names(twoLayers()), names(twoLayers()));
    assertEquals(List.of("a.weight", "a.bias", "b.weight", "b.bias"), names(twoLayers()));
  }

  private Graph twoLayers() {
    return Graph.of(x.linear("a", 3).linear("b", 1));
  }

  private static List<String> names(Graph graph) {
    return graph.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void parametersAndCostAreCounted() {
    assertEquals(2 * 3 + 3 + 3 + 1, twoLayers().parameterCount());
    assertEquals(2 * 3 + 3, twoLayers().multiplyAdds());
    Tensor image = Tensor.input("x", Shape.of(3, 8, 8), "");
    assertEquals(5 * 16 * 3 * 16, Graph.of(image.conv2d("c", 5, 4, 2, 1)).multiplyAdds());
    // Each of 8 x 8 positions multiplies a kernel of 3 x 5 x 2 x 2.
    assertEquals(
        64 * 3 * 5 * 4, Graph.of(image.convTranspose2d("t", 5, 2, 2, 0, 0)).multiplyAdds());
  }

  @Test
  void twoLayersOfOneNameAreRefusedWithBothPlaces() {
    Tensor first = x.linear("a", 2);
    Tensor second = first.linear("a", 2);
    String message = assertThrows(DescriptionException.class, () -> Graph.of(second)).getMessage();
    assertEquals(
        "parameter 'a.weight' is used twice, first at %s (at %s)"
            .formatted(first.origin(), second.origin()),
        message);
  }

  @Test
  void oneLayerThatIsUsedTwiceIsOneLayer() {
    Tensor h = x.linear("a", 2);
    assertEquals(2, Graph.of(h.exp().plus(h.square())).parameters().size());
  }

  @Test
  void aDescriptionIsEvaluatedFromItsInputs() {
    Graph graph = Graph.of(x.exp().sum(), x.scale(3).plus(1));
    List<double[]> results = graph.evaluate(new Arithmetic(), given(x, 0, Math.log(2)));
    assertArrayEquals(new double[] {3}, results.get(0), 1e-12);
    assertArrayEquals(new double[] {1, 1 + 3 * Math.log(2)}, results.get(1), 1e-12);
  }

  @Test
  void whatLiesBehindGivenValuesAloneIsNotWalked() {
    Tensor h = x.linear("a", 2);
    Graph graph = Graph.of(h.square().sum());
    // Arithmetic would refuse both the input and the layer.
    assertArrayEquals(
        new double[] {25}, graph.evaluate(new Arithmetic(), given(h, 3, 4)).get(0), 1e-12);
  }

  @Test
  void anOutputThatIsGivenIsGivenBack() {
    Tensor h = x.linear("a", 2);
    assertArrayEquals(
        new double[] {3, 4}, Graph.of(h).evaluate(new Arithmetic(), given(h, 3, 4)).get(0));
  }

  private static Map<Tensor, double[]> given(Tensor tensor, double... values) {
    Map<Tensor, double[]> given = new IdentityHashMap<>();
    given.put(tensor, values);
    return given;
  }
}
