package dev.elbow.api.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TensorTest {
  private final Tensor image = Tensor.input("x", Shape.of(3, 28, 31), "encoder");
  private final Tensor flat = Tensor.input("h", Shape.of(6), "");

  private static void assertShape(Tensor tensor, int... dimensions) {
    assertEquals(Shape.of(dimensions), tensor.shape());
  }

  private static String refusal(Supplier<Tensor> description) {
    return assertThrows(DescriptionException.class, description::get).getMessage();
  }

  private static void assertRefused(String problem, Supplier<Tensor> description) {
    String message = refusal(description);
    assertTrue(message.startsWith(problem), message);
  }

  @Test
  void layersTellTheirShapes() {
    assertShape(flat.linear("a", 4), 4);
    assertShape(image.conv2d("a", 8, 4, 2, 1), 8, 14, 15);
    assertShape(image.conv2d("a", 8, 3, 1, 0), 8, 26, 29);
    assertShape(image.convTranspose2d("a", 8, 4, 2, 1, 0), 8, 56, 62);
    assertShape(image.convTranspose2d("a", 8, 4, 2, 1, 1), 8, 57, 63);
  }

  @Test
  void rearrangementsTellTheirShapes() {
    assertShape(image.flatten(), 3 * 28 * 31);
    assertSame(flat, flat.flatten());
    assertShape(flat.reshape(2, 1, 3), 2, 1, 3);
    assertShape(image.concat(0, image, image.slice(0, 0, 1)), 7, 28, 31);
    assertShape(image.concat(2, image.slice(2, 5, 7)), 3, 28, 33);
    assertShape(image.pad(1, 2, 3, 0.5), 3, 33, 31);
    assertShape(image.slice(1, 4, 28), 3, 24, 31);
  }

  @Test
  void figuresMeetEveryElement() {
    Tensor beta = Tensor.scheduled("beta", step -> 1);
    assertShape(beta.times(flat), 6);
    assertShape(flat.plus(flat.sum()), 6);
    assertShape(flat.sum().times(beta));
    assertShape(image.logSumExp());
    assertShape(image.mean());
  }

  @Test
  void functionsKeepTheShape() {
    List.of(
            image.relu(),
            image.leakyRelu(0.1),
            image.tanh(),
            image.sigmoid(),
            image.softplus(),
            image.exp(),
            image.log(),
            image.square(),
            image.scale(2),
            image.plus(1),
            image.minus(image))
        .forEach(result -> assertEquals(image.shape(), result.shape()));
  }

  @Test
  void layerNamesAreScoped() {
    Tensor inner = image.flatten().scope("block", x -> x.scope("deep", y -> y.linear("fc", 2)));
    Tensor after = inner.linear("mu", 1);
    assertEquals(
        List.of(
            "encoder.block.deep.fc.weight",
            "encoder.block.deep.fc.bias",
            "encoder.mu.weight",
            "encoder.mu.bias"),
        Graph.of(after).parameters().stream().map(Parameter::name).toList());
    assertEquals(
        "decoder.fc.weight",
        Graph.of(after.rescoped("decoder").linear("fc", 2)).parameters().get(4).name());
  }

  @Test
  void parametersHavePytorchsLayout() {
    assertEquals(Shape.of(4, 6), weight(flat.linear("a", 4)));
    assertEquals(Shape.of(8, 3, 5, 5), weight(image.conv2d("a", 8, 5, 1, 0)));
    assertEquals(Shape.of(3, 8, 5, 5), weight(image.convTranspose2d("a", 8, 5, 1, 0, 0)));
    assertEquals(
        new Initialisation.Uniform(1 / Math.sqrt(75)),
        image.conv2d("a", 8, 5, 1, 0).op().parameters().get(1).initialisation());
  }

  private static Shape weight(Tensor layer) {
    return layer.op().parameters().get(0).shape();
  }

  @Test
  void anErrorNamesTheAuthorsFileAndLine() {
    int line = StackWalker.getInstance().walk(s -> s.findFirst().orElseThrow().getLineNumber());
    String message = refusal(() -> image.conv2d("deep", 8, 40, 2, 1));
    assertEquals(
        "deep: kernel 40 is larger than the image of size 28 with padding 1 (at TensorTest.java:%d)"
            .formatted(line + 1),
        message);
  }

  @Test
  void aValueKnowsTheLineThatBuiltIt() {
    int line = StackWalker.getInstance().walk(s -> s.findFirst().orElseThrow().getLineNumber());
    Tensor h = flat.relu();
    assertEquals("TensorTest.java:" + (line + 1), h.origin());
    assertEquals("TensorTest.java:" + (line + 1), h.rescoped("x").origin());
    assertEquals("", flat.origin());
  }

  @Test
  void layersThatDoNotFitAreRefused() {
    assertRefused("a: linear needs a flat input, got [3, 28, 31]", () -> image.linear("a", 4));
    assertRefused("a: units must be at least 1, got 0", () -> flat.linear("a", 0));
    assertRefused(
        "a: conv2d needs [channels, height, width], got [6]", () -> flat.conv2d("a", 1, 1, 1, 0));
    assertRefused("a: channels must be at least 1", () -> image.conv2d("a", 0, 1, 1, 0));
    assertRefused("a: kernel must be at least 1", () -> image.conv2d("a", 1, 0, 1, 0));
    assertRefused("a: stride must be at least 1", () -> image.conv2d("a", 1, 1, 0, 0));
    assertRefused("a: padding must be at least 0", () -> image.conv2d("a", 1, 1, 1, -1));
    assertRefused(
        "a: outputPadding must be from 0 to stride - 1 = 1, got 2",
        () -> image.convTranspose2d("a", 1, 4, 2, 1, 2));
    assertRefused(
        "a: nothing is left of [1, 1, 1] with padding 2",
        () ->
            image.slice(0, 0, 1).slice(1, 0, 1).slice(2, 0, 1).convTranspose2d("a", 1, 4, 1, 2, 0));
  }

  @Test
  void rearrangementsThatDoNotFitAreRefused() {
    assertRefused("reshape: [4, 2] does not hold the 6 values of [6]", () -> flat.reshape(4, 2));
    assertRefused("reshape: [-2, -3] does not hold", () -> flat.reshape(-2, -3));
    assertRefused("concat along axis 0: [6] does not fit [3, 28, 31]", () -> image.concat(0, flat));
    assertRefused(
        "concat along axis 1: [2, 28, 31] does not fit [3, 28, 31]",
        () -> image.concat(1, image.slice(0, 0, 2)));
    assertRefused("concat: [6] has no axis 1", () -> flat.concat(1, flat));
    assertRefused("pad: amounts must be at least 0, got -1 and 0", () -> flat.pad(0, -1, 0, 0));
    assertRefused("slice: [2, 7) is not within axis 0 of [6]", () -> flat.slice(0, 2, 7));
    assertRefused("slice: [2, 2) is not within axis 0 of [6]", () -> flat.slice(0, 2, 2));
    assertRefused("slice: [6] has no axis -1", () -> flat.slice(-1, 0, 1));
    assertRefused("plus: shapes differ: [6] and [3, 28, 31]", () -> flat.plus(image));
    assertRefused("times: shapes differ: [6] and [5]", () -> flat.times(flat.slice(0, 0, 5)));
  }

  @Test
  void absurdSizesAreRefusedAsDescriptions() {
    assertRefused(
        "reshape: [2147483647, 2147483647, 2147483647] does not hold",
        () -> flat.reshape(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertRefused(
        "a: [3, 57982058473, 64424509414] is longer than 2147483647",
        () -> image.convTranspose2d("a", 3, 4, Integer.MAX_VALUE, 0, 0));
  }

  @Test
  void whatIsThereForSamplesOrPairsIsSo() {
    Tensor codes = flat.reshape(3, 2).samples();
    assertEquals(Population.samples(3), codes.population());
    assertShape(codes, 2);
    assertEquals(Population.samples(3), codes.linear("a", 4).sum().population());
    assertEquals(Population.EXAMPLES, codes.meanOver().population());
    assertEquals(Population.PAIRS, flat.firsts().minus(flat.seconds()).population());
    assertEquals(Population.PAIRS, flat.firsts().times(Tensor.batchSize()).population());
    assertEquals(Population.BATCH, Tensor.batchSize().log().population());
    assertShape(codes.linear("a", 4).joined(), 3, 4);
    assertShape(codes.sum().joined(), 3);
    assertEquals(Population.EXAMPLES, codes.joined().population());
    assertEquals(3 * 2 * 4, Graph.of(codes.linear("a", 4)).multiplyAdds());
  }

  @Test
  void whatIsThereForOtherThingsIsRefused() {
    assertRefused(
        "a value for each pair of examples does not meet one for each example",
        () -> flat.firsts().plus(flat));
    assertRefused(
        "a: linear needs examples or samples of them, got each pair of examples",
        () -> flat.firsts().linear("a", 2));
    assertRefused(
        "batchMean: needs a value for each example, got one for each of 2 samples",
        () -> flat.repeated(2).batchMean());
    assertRefused("joined: needs samples, got each example", () -> flat.joined());
    assertRefused(
        "batchOrdered: shapes differ: [6] and [2]",
        () -> flat.batchOrdered(Tensor.noise("keys", Shape.of(2))));
    assertRefused(
        "batchOrdered: needs a value for each example, got one for the batch",
        () -> flat.sum().batchOrdered(Tensor.batchSize()));
    assertRefused("sumOver: needs samples or pairs, got each example", () -> flat.sumOver());
    assertRefused("outer: needs two rows, got [6] and [3, 28, 31]", () -> flat.outer(image));
    assertRefused("'Eps' is no name of noise", () -> Tensor.noise("Eps", Shape.of(2)));
  }

  @Test
  void normsHaveAScaleAndAShiftForEachChannelAndDropoutHasAName() {
    Graph graph = Graph.of(image.batchNorm("n").flatten().sum());
    assertEquals(
        List.of("encoder.n.weight [3]", "encoder.n.bias [3]"),
        graph.parameters().stream().map(p -> p.name() + " " + p.shape()).toList());
    assertEquals(
        List.of("encoder.n.running_mean", "encoder.n.running_var"),
        graph.buffers().stream().map(Parameter::name).toList());
    assertEquals(6, graph.parameterCount());
    assertEquals(4, graph.state().size());
    assertRefused(
        "a: layerNorm needs [units] or [channels, height, width], got [3, 868]",
        () -> image.reshape(3, 868).layerNorm("a"));
    assertRefused("a: rate must be from 0 up to 1, got 1.0", () -> flat.dropout("a", 1));
    Tensor twice = flat.dropout("a", 0.1).dropout("a", 0.1);
    assertThrows(DescriptionException.class, () -> Graph.of(twice));
  }

  @Test
  void namesThatWouldBreakFilesAreRefused() {
    assertRefused("'a.b' is no layer name", () -> flat.linear("a.b", 1));
    assertRefused("'' is no layer name", () -> flat.linear("", 1));
    assertRefused("'a/b' is no layer name", () -> flat.scope("a/b", x -> x));
  }

  @Test
  void refusesNumbersThatAModelOf32BitsCannotHold() {
    assertRefused(
        "scale: got 1.0E39, expected a number that 32 bits can hold", () -> flat.scale(1e39));
    assertRefused("plus: got NaN", () -> flat.plus(Double.NaN));
    assertRefused("leakyRelu: got -Infinity", () -> flat.leakyRelu(Double.NEGATIVE_INFINITY));
  }
}
