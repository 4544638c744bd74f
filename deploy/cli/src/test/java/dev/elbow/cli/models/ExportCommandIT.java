package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.cli.ElbowLine;
import dev.elbow.inference.Codes;
import dev.elbow.inference.VaeModel;
import dev.elbow.networks.ConvDecoder;
import dev.elbow.networks.ConvEncoder;
import dev.elbow.networks.DenseDecoder;
import dev.elbow.networks.DenseEncoder;
import dev.elbow.objectives.ElboObjective;
import dev.elbow.trainer.onnx.OnnxExporter;
import dev.elbow.trainer.onnx.OnnxModel;
import dev.elbow.trainer.training.InitialWeights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in other formats, of all layers that Elbow exports weights of. */
class ExportCommandIT {
  @TempDir private Path folder;
  private final ElbowLine elbow = new ElbowLine();

  private static <P extends Plugin> Vae.Part<P> part(P plugin) {
    return new Vae.Part<>(plugin, Options.defaults(plugin.options()));
  }

  private static Vae dense() {
    return describe(Shape.of(1, 28, 28), new DenseEncoder(), new DenseDecoder());
  }

  private static Vae conv() {
    return describe(Shape.of(3, 32, 32), new ConvEncoder(), new ConvDecoder());
  }

  private static Vae describe(Shape image, Encoder encoder, Decoder decoder) {
    return Vae.describe(
        image, 10, part(encoder), part(decoder), part((Objective) new ElboObjective()));
  }

  private Path model(Vae vae, Map<String, float[]> weights) throws Exception {
    Path model = Files.createDirectories(folder.resolve("model"));
    for (OnnxModel file : new OnnxExporter(vae, weights, Map.of("sweep", "s")).models()) {
      try (OutputStream out = Files.newOutputStream(model.resolve(file.file()))) {
        file.writeTo(out);
      }
    }
    Files.writeString(model.resolve("MODEL_CARD.md"), "# s/0001\n");
    return model;
  }

  private Path model(Vae vae) throws Exception {
    return model(vae, InitialWeights.draw(vae, 1));
  }

  private JsonNode export(Path model, String format, String... more) throws IOException {
    String[] line =
        Stream.concat(
                Stream.of("export", model.toString(), "--json", "--format", format),
                Stream.concat(Stream.of(more), Stream.of("--out", out().toString())))
            .toArray(String[]::new);
    assertEquals(0, elbow.execute(folder.resolve("home"), line), elbow::err);
    return new ObjectMapper().readTree(elbow.out());
  }

  private Path out() {
    return folder.resolve("out");
  }

  private void decodesTheSame(Path model, int count, double error) throws IOException {
    try (VaeModel exact = VaeModel.load(model);
        VaeModel made = VaeModel.load(out())) {
      float[] codes = Codes.normal(3, count * exact.latent(), 1);
      assertArrayEquals(exact.decode(codes), made.decode(codes), (float) error);
    }
  }

  @Test
  void weightsOfHalfTheSizeGiveNearlyTheSame() throws Exception {
    for (Vae vae : List.of(dense(), conv())) {
      Path model = model(vae);
      JsonNode said = export(model, "fp16", "--force");
      assertEquals(0.5, said.get("bytes").asDouble() / said.get("bytes_before").asDouble(), 0.02);
      assertTrue(said.get("max_error").asDouble() > 0);
      decodesTheSame(model, 300, 1e-3);
      String card = Files.readString(out().resolve("MODEL_CARD.md"));
      assertTrue(card.startsWith("# s/0001\n\n## Format"), card);
      assertTrue(card.contains("`fp16`"), card);
    }
  }

  @Test
  void denseLayersOfIntegersAreAQuarterOfTheSize() throws Exception {
    Path model = model(dense());
    JsonNode said = export(model, "int8");
    assertEquals(0.25, said.get("bytes").asDouble() / said.get("bytes_before").asDouble(), 0.02);
    assertEquals(7, said.get("errors").size());
    decodesTheSame(model, 3, 0.02);
  }

  @Test
  void convolutionsOfIntegersGiveNearlyTheSame() throws Exception {
    Path model = model(conv());
    JsonNode said = export(model, "int8");
    assertTrue(said.get("bytes").asDouble() < 0.5 * said.get("bytes_before").asDouble());
    decodesTheSame(model, 3, 0.05);
    String encoder = Files.readString(out().resolve("encoder.onnx"), ISO_8859_1);
    assertTrue(encoder.contains("ConvInteger"));
  }

  @Test
  void aModelOfOneBatchSizeTakesAnyNumberOfExamples() throws Exception {
    Path model = model(dense());
    export(model, "fixed-batch", "--batch", "4");
    for (int count : new int[] {1, 4, 7}) {
      decodesTheSame(model, count, 1e-6);
    }
  }

  @Test
  void whatIsTooFarOffIsRefusedWithAllItsErrors() throws Exception {
    Vae vae = dense();
    Map<String, float[]> weights = InitialWeights.draw(vae, 1);
    // One weight of each row is so large that nothing is left of the others in 8 bits.
    String name = "encoder.mu.weight";
    float[] heads = weights.get(name);
    assertTrue(heads != null, () -> weights.keySet().toString());
    int size = heads.length / 10;
    for (int row = 0; row < 10; row++) {
      for (int i = 0; i < size; i++) {
        heads[row * size + i] = i == 0 ? 500 : 1.9f;
      }
    }
    Path model = model(vae, weights);
    String[] line = {"export", model.toString(), "--format", "int8", "--out", out().toString()};
    assertEquals(2, elbow.execute(folder.resolve("home"), line));
    assertTrue(elbow.err().contains("encoder.onnx mu: as int8 it is off by"), elbow.err());
    assertTrue(elbow.err().contains("Nothing was written."), elbow.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of("model"),
          left.map(path -> path.getFileName().toString())
              .filter(file -> !file.equals("home"))
              .toList());
    }
  }

  @Test
  void aFolderThatIsThereIsNotTouchedUnlessSomebodySaysSo() throws Exception {
    Path model = model(dense());
    Files.createDirectories(out());
    Files.writeString(out().resolve("encoder.onnx"), "precious");
    String[] line = {"export", model.toString(), "--format", "fp16", "--out", out().toString()};
    assertEquals(2, elbow.execute(folder.resolve("home"), line));
    assertTrue(elbow.err().contains("is there already; --force replaces it"), elbow.err());
    assertEquals("precious", Files.readString(out().resolve("encoder.onnx")));
    export(model, "fp16", "--force");
    byte[] once = Files.readAllBytes(out().resolve("encoder.onnx"));
    export(model, "fp16", "--force");
    assertTrue(Arrays.equals(once, Files.readAllBytes(out().resolve("encoder.onnx"))));
    assertFalse(Files.exists(out().resolve("trial.json")));
  }
}
