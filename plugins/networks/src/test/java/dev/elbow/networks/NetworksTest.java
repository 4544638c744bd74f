package dev.elbow.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.DescriptionException;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.testkit.PlainModels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private static final Shape MNIST = Shape.of(1, 28, 28);

  @Test
  void theTutorialsModelHasItsParametersAndTheirNames() {
    Vae vae = vae(MNIST, 20, new DenseEncoder(), new DenseDecoder());
    assertEquals(
        List.of(
            "encoder.hidden1.weight [400, 784]",
            "encoder.hidden1.bias [400]",
            "encoder.mu.weight [20, 400]",
            "encoder.mu.bias [20]",
            "encoder.logvar.weight [20, 400]",
            "encoder.logvar.bias [20]",
            "decoder.hidden1.weight [400, 20]",
            "decoder.hidden1.bias [400]",
            "decoder.output.weight [784, 400]",
            "decoder.output.bias [784]"),
        vae.training().parameters().stream().map(p -> p.name() + " " + p.shape()).toList());
    assertEquals(652_824, vae.training().parameterCount());
  }

  @Test
  void convolutionsHalveAnImageOf28Pixels() {
    assertEquals(List.of(14, 7, 3, 1), heights(encoded(MNIST, Map.of()), Op.Conv2d.class));
    assertEquals(
        List.of(32, 16, 8, 4), heights(encoded(Shape.of(3, 64, 64), Map.of()), Op.Conv2d.class));
  }

  @Test
  void transposedConvolutionsGoTheSameWayBack() {
    assertEquals(
        List.of(3, 7, 14, 28), heights(decoded(MNIST, Map.of()), Op.ConvTranspose2d.class));
    assertEquals(
        List.of(4, 8, 16, 32),
        heights(decoded(Shape.of(1, 32, 32), Map.of()), Op.ConvTranspose2d.class));
  }

  @Test
  void outputPaddingTellsApartWhatAConvolutionMadeEqual() {
    List<Integer> padding =
        Graph.of(decoded(MNIST, Map.of())).order().stream()
            .filter(tensor -> tensor.op() instanceof Op.ConvTranspose2d)
            .map(tensor -> ((Op.ConvTranspose2d) tensor.op()).outputPadding())
            .toList();
    assertEquals(List.of(1, 1, 0, 0), padding);
  }

  @Test
  void everyImageThatAnEncoderTakesItsMirrorGivesBack() {
    for (int size = 16; size <= 70; size++) {
      Shape image = Shape.of(2, size, 86 - size);
      for (int stride = 1; stride <= 4; stride++) {
        Map<String, Object> options =
            Map.of("channels", List.of(4, 3), "kernel", 3, "stride", stride, "padding", 1);
        assertEquals(Shape.of(5), encoded(image, options).shape());
        assertEquals(image, decoded(image, options).shape());
      }
    }
  }

  @Test
  void aDecoderOfAnImageThatIsTooSmallNamesTheSizeAndTheLayer() {
    DescriptionException error =
        assertThrows(DescriptionException.class, () -> decoded(Shape.of(1, 8, 8), Map.of()));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "mirrored_conv4: kernel 4 is larger than the image of size 1 with padding 1"),
        error::getMessage);
  }

  @Test
  void listsOfADecoderReadFromTheCodeToTheImage() {
    Tensor dense =
        new DenseDecoder()
            .describe(
                Tensor.input("z", Shape.of(2), "decoder"),
                Shape.of(1, 2, 3),
                options(new DenseDecoder(), Map.of("hidden", List.of(4, 5))));
    assertEquals(
        List.of(Shape.of(4, 2), Shape.of(5, 4), Shape.of(6, 5)),
        Graph.of(dense).parameters().stream()
            .filter(parameter -> parameter.name().endsWith("weight"))
            .map(Parameter::shape)
            .toList());
  }

  @Test
  void aModelForManyWeightsHasAGateForEachUnitBeforeAnActivation() {
    Vae vae =
        Vae.describe(
            MNIST,
            20,
            part(new DenseEncoder(), Map.of()),
            part(new DenseDecoder(), Map.of()),
            PlainModels.weights());
    List<String> gates =
        vae.training().parameters().stream()
            .map(p -> p.name() + " " + p.shape())
            .filter(name -> name.contains("gate.weight"))
            .toList();
    assertEquals(
        List.of(
            "encoder.hidden1_gate.weight [400, 16]",
            "encoder.mu_gate.weight [20, 16]",
            "encoder.logvar_gate.weight [20, 16]",
            "decoder.hidden1_gate.weight [400, 16]"),
        gates);
  }

  @Test
  void aLabelGoesInBesideImageAndCode() {
    Map<String, Object> label = Map.of("condition", "label");
    Vae vae =
        Vae.describe(
            MNIST,
            10,
            20,
            part(new DenseEncoder(), label),
            part(new DenseDecoder(), label),
            PlainModels.objective());
    List<String> first =
        vae.training().parameters().stream()
            .filter(parameter -> parameter.name().endsWith("hidden1.weight"))
            .map(parameter -> parameter.shape().toString())
            .toList();
    assertEquals(List.of("[400, 794]", "[400, 30]"), first);
    assertEquals(10, vae.conditionSize());
  }

  @Test
  void aLabelOfDataWithoutLabelsIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> encoded(MNIST, Map.of("condition", "label")));
    assertTrue(e.getMessage().contains("the data have no labels"), e.getMessage());
  }

  private static <P extends Plugin> Vae.Part<P> part(P plugin, Map<String, Object> given) {
    return new Vae.Part<>(plugin, options(plugin, given));
  }

  private static Vae vae(Shape image, int latent, Encoder encoder, Decoder decoder) {
    return Vae.describe(
        image,
        latent,
        new Vae.Part<>(encoder, options(encoder, Map.of())),
        new Vae.Part<>(decoder, options(decoder, Map.of())),
        PlainModels.objective());
  }

  private static Tensor encoded(Shape image, Map<String, Object> given) {
    Encoder encoder = new ConvEncoder();
    return encoder.describe(Tensor.input("x", image, "encoder"), 5, options(encoder, given)).mu();
  }

  private static Tensor decoded(Shape image, Map<String, Object> given) {
    Decoder decoder = new ConvDecoder();
    Tensor z = Tensor.input("z", Shape.of(5), "decoder");
    return decoder.describe(z, image, options(decoder, given));
  }

  private static Options options(Plugin plugin, Map<String, Object> given) {
    return Options.check(plugin.options(), given).orThrow();
  }

  private static List<Integer> heights(Tensor output, Class<? extends Op> layer) {
    return Graph.of(output).order().stream()
        .filter(tensor -> layer.isInstance(tensor.op()))
        .map(tensor -> tensor.shape().dimension(1))
        .toList();
  }
}
