package dev.elbow.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.elbow.api.FailureKind;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxExporterTest {
  private static final Vae VAE = Models.dense(Shape.of(1, 4, 4), 5, 2);

  @Test
  void namesInputsAndOutputsAsTheContractDoes() throws Exception {
    ModelProto encoder = parsed(VAE).get("encoder.onnx");
    assertEquals(List.of("x [batch, 1, 4, 4]"), values(encoder.getGraph().getInputList()));
    assertEquals(
        List.of("mu [batch, 2]", "logvar [batch, 2]"), values(encoder.getGraph().getOutputList()));

    ModelProto decoder = parsed(VAE).get("decoder.onnx");
    assertEquals(List.of("z [batch, 2]"), values(decoder.getGraph().getInputList()));
    assertEquals(List.of("x_hat [batch, 1, 4, 4]"), values(decoder.getGraph().getOutputList()));

    ModelProto vae = parsed(VAE).get("vae.onnx");
    assertEquals(
        List.of("x [batch, 1, 4, 4]", "eps [batch, 2]"), values(vae.getGraph().getInputList()));
    assertEquals(
        List.of("x_hat [batch, 1, 4, 4]", "mu [batch, 2]", "logvar [batch, 2]", "z [batch, 2]"),
        values(vae.getGraph().getOutputList()));
  }

  @Test
  void writesOpset13AndFormat7() throws Exception {
    for (ModelProto model : parsed(VAE).values()) {
      assertEquals(7, model.getIrVersion());
      assertEquals(13, model.getOpsetImport(0).getVersion());
      assertEquals("", model.getOpsetImport(0).getDomain());
      assertEquals(1, model.getOpsetImportCount());
    }
  }

  @Test
  void namesInitializersAfterParametersAndKeepsTheirLayout() throws Exception {
    Map<String, float[]> parameters = Models.parameters(VAE, 1);
    TensorProto weight = initializer(parsed(VAE).get("encoder.onnx"), "encoder.hidden.weight");
    assertEquals(List.of(5L, 16L), weight.getDimsList());
    float[] values = new float[80];
    weight
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    assertArrayEquals(parameters.get("encoder.hidden.weight"), values);
    List<String> decoder =
        parsed(VAE).get("decoder.onnx").getGraph().getInitializerList().stream()
            .map(TensorProto::getName)
            .filter(name -> !name.startsWith("constant"))
            .toList();
    assertEquals(
        List.of(
            "decoder.hidden.weight",
            "decoder.hidden.bias",
            "decoder.out.weight",
            "decoder.out.bias"),
        decoder);
  }

  @Test
  void writesAConstantThatIsUsedTwiceOnce() throws Exception {
    ModelProto vae = parsed(VAE).get("vae.onnx");
    List<ByteString> constants =
        vae.getGraph().getInitializerList().stream()
            .filter(tensor -> tensor.getName().startsWith("constant"))
            .map(TensorProto::toBuilder)
            .map(tensor -> tensor.clearName().build().toByteString())
            .toList();
    assertEquals(constants.stream().distinct().count(), constants.size());
    assertEquals(
        List.of(
                "Flatten", "Gemm", "Relu", "Gemm", "Gemm", "Mul", "Exp", "Mul", "Add", "Gemm",
                "Relu", "Gemm", "Reshape", "Sigmoid")
            .stream()
            .sorted()
            .toList(),
        vae.getGraph().getNodeList().stream().map(NodeProto::getOpType).sorted().toList());
  }

  @Test
  void givesEqualBytesForEqualTrials() throws Exception {
    Vae again = Models.dense(Shape.of(1, 4, 4), 5, 2);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(
          bytes(exporter(VAE).models().get(i)), bytes(exporter(again).models().get(i)));
    }
  }

  @Test
  void keepsMetadataInItsOrder() throws Exception {
    Map<String, String> metadata = new LinkedHashMap<>();
    List.of("sweep", "trial", "beta", "a").forEach(key -> metadata.put(key, key + " of it"));
    OnnxModel model = new OnnxExporter(VAE, Models.parameters(VAE, 1), metadata).models().get(0);
    List<StringStringEntryProto> found = model.proto().getMetadataPropsList();
    assertEquals(
        List.of("sweep", "trial", "beta", "a"),
        found.stream().map(StringStringEntryProto::getKey).toList());
    assertEquals("beta of it", found.get(2).getValue());
  }

  @Test
  void refusesAScheduledFigureInAnEncoderBeforeAnythingIsTrained() {
    Vae vae = Models.scheduled(Shape.of(1, 4, 4), 2);
    ExportException e =
        assertThrows(ExportException.class, () -> OnnxExporter.requireExportable(vae));
    assertEquals(FailureKind.PLUGIN_FAULT, e.kind());
    assertTrue(e.getMessage().contains("'warmth'"), e.getMessage());
  }

  @Test
  void refusesAnEncoderThatLooksAtTheWholeBatch() {
    Vae vae = Models.ofABatch(Shape.of(1, 4, 4), 2);
    ExportException e =
        assertThrows(ExportException.class, () -> OnnxExporter.requireExportable(vae));
    assertEquals(FailureKind.PLUGIN_FAULT, e.kind());
    assertTrue(e.getMessage().contains("only an objective may"), e.getMessage());
  }

  @Test
  void refusesWeightsThatNoOnnxFileHolds() {
    Vae vae = Models.dense(Shape.of(1, 200, 200), 10_000, 2);
    ExportException e =
        assertThrows(ExportException.class, () -> OnnxExporter.requireExportable(vae));
    assertEquals(FailureKind.INVALID_PARAMETERS, e.kind());
    assertTrue(e.getMessage().contains("vae.onnx would hold 32"), e.getMessage());
  }

  @Test
  void refusesAParameterOfAnotherSizeAndNamesIt() {
    Map<String, float[]> parameters = Models.parameters(VAE, 1);
    parameters.put("decoder.out.bias", new float[3]);
    Throwable e =
        assertThrows(
            IllegalArgumentException.class, () -> new OnnxExporter(VAE, parameters, Map.of()));
    assertEquals(
        "parameter 'decoder.out.bias' has 3 values, expected 16 of shape [16]", e.getMessage());
  }

  private static OnnxExporter exporter(Vae vae) throws ExportException {
    return new OnnxExporter(vae, Models.parameters(vae, 1), Map.of("sweep", "test"));
  }

  private static Map<String, ModelProto> parsed(Vae vae) throws Exception {
    Map<String, ModelProto> models = new LinkedHashMap<>();
    for (OnnxModel model : exporter(vae).models()) {
      models.put(model.file(), ModelProto.parseFrom(bytes(model)));
    }
    return models;
  }

  private static byte[] bytes(OnnxModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.writeTo(out);
    return out.toByteArray();
  }

  private static TensorProto initializer(ModelProto model, String name) {
    return model.getGraph().getInitializerList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> values(List<ValueInfoProto> values) {
    return values.stream().map(v -> v.getName() + " " + shape(v)).toList();
  }

  private static List<String> shape(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(OnnxExporterTest::dimension)
        .toList();
  }

  private static String dimension(TensorShapeProto.Dimension dimension) {
    return dimension.hasDimParam()
        ? dimension.getDimParam()
        : String.valueOf(dimension.getDimValue());
  }
}
