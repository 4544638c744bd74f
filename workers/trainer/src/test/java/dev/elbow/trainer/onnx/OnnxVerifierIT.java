package dev.elbow.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.inference.Betas;
import dev.elbow.inference.VaeModel;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxVerifierIT {
  private static final Vae VAE = Models.convolutional(Shape.of(3, 8, 6), 4);
  private static final int IMAGE = 3 * 8 * 6;

  @TempDir private Path folder;
  private final Map<String, float[]> parameters = Models.parameters(VAE, 3);
  private final TrainedModel trained = new PlainJava(Models.parameters(VAE, 3));

  @Test
  void findsAConvolutionalModelEqual() throws Exception {
    double error = largestError(17);
    assertTrue(error > 0 && error < 1e-5, "error " + error);
  }

  @Test
  void repeatsImagesWhereThereAreFewerThanTheLargestBatchHas() throws Exception {
    assertTrue(largestError(1) < 1e-5);
    assertTrue(largestError(5) < 1e-5);
    parameters.get("decoder.up.bias")[1] += 0.01f;
    ExportException e = assertThrows(ExportException.class, () -> largestError(5));
    assertTrue(e.getMessage().contains("decoder.onnx x_hat at batch 17"), e.getMessage());
  }

  @Test
  void findsAModelEqualWhoseMeanAndVarianceAreOneTensor() throws Exception {
    Vae shared = Models.shared(Shape.of(3, 8, 6), 4);
    Map<String, float[]> weights = Models.parameters(shared, 3);
    assertTrue(largestError(shared, weights, new PlainJava(weights), 17) < 1e-5);
  }

  @Test
  void findsAModelEqualThatIsToldLabelsAndWeights() throws Exception {
    Vae told = Models.told(Shape.of(3, 8, 6), 4);
    Map<String, float[]> weights = Models.parameters(told, 3);
    assertTrue(largestError(told, weights, new PlainJava(weights), 17) < 1e-5);
  }

  @Test
  void aModelIsAskedForWhatItKnowsAlone() throws Exception {
    Vae told = Models.told(Shape.of(3, 8, 6), 4);
    Map<String, String> metadata = Map.of("beta.least", "0.1", "beta.most", "10", "label.2", "two");
    write(new OnnxExporter(told, Models.parameters(told, 3), metadata));
    float[] z = new float[8];
    try (VaeModel model = VaeModel.load(folder)) {
      assertEquals(4, model.classes());
      assertEquals(List.of("0", "two"), List.of(model.labelName(0), model.labelName(2)));
      assertEquals(new Betas(0.1, 10), model.betas().orElseThrow());
      assertTrue(
          assertThrows(IllegalStateException.class, () -> model.decode(z))
              .getMessage()
              .contains("'label'"));
      VaeModel third = model.withLabel(2);
      assertArrayEquals(third.decode(z), third.withBeta(1).decode(z));
      assertArrayEquals(third.decode(z), model.withLabels(2, 2).decode(z));
      assertFalse(Arrays.equals(third.decode(z), third.withBeta(10).decode(z)));
      assertThrows(IllegalArgumentException.class, () -> model.withLabel(4));
      assertThrows(IllegalArgumentException.class, () -> model.withLabels(1, 2, 3).decode(z));
      String refused =
          assertThrows(IllegalArgumentException.class, () -> model.withBeta(10.5)).getMessage();
      assertEquals("beta 10.5 is outside of what the model was trained for, 0.1 to 10", refused);
    }
    write(new OnnxExporter(VAE, parameters, Map.of()));
    try (VaeModel model = VaeModel.load(folder)) {
      assertThrows(IllegalArgumentException.class, () -> model.withLabel(0));
      assertThrows(IllegalArgumentException.class, () -> model.withBeta(1));
    }
  }

  @Test
  void refusesAModelWithOneChangedWeightAndTellsWhichOutputsDiffer() {
    parameters.get("decoder.up.bias")[1] += 0.01f;
    ExportException e = assertThrows(ExportException.class, () -> largestError(17));
    assertEquals(FailureKind.ONNX_MISMATCH, e.kind());
    assertTrue(e.getMessage().contains("decoder.onnx x_hat at batch 17"), e.getMessage());
    assertTrue(e.getMessage().contains("vae.onnx x_hat at batch 1 "), e.getMessage());
    assertTrue(e.getMessage().contains("allowed 1.00e-04"), e.getMessage());
    assertTrue(!e.getMessage().contains("encoder.onnx"), e.getMessage());
  }

  @Test
  void refusesWhatIsNotANumber() {
    parameters.get("encoder.mu.bias")[0] = Float.NaN;
    ExportException e = assertThrows(ExportException.class, () -> largestError(2));
    assertTrue(
        e.getMessage().contains("encoder.onnx mu at batch 1 differs by NaN"), e.getMessage());
  }

  private double largestError(int images) throws Exception {
    return largestError(VAE, parameters, trained, images);
  }

  private double largestError(Vae vae, Map<String, float[]> weights, TrainedModel model, int images)
      throws Exception {
    write(new OnnxExporter(vae, weights, Map.of()));
    float[] x = Models.uniform(new Random(4), images * IMAGE, 0, 1);
    try (VaeModel exported = VaeModel.load(folder)) {
      return new OnnxVerifier(vae, model).largestError(exported, x);
    }
  }

  private void write(OnnxExporter exporter) throws Exception {
    for (OnnxModel model : exporter.models()) {
      try (OutputStream file = Files.newOutputStream(folder.resolve(model.file()))) {
        model.writeTo(file);
      }
    }
  }
}
