package dev.elbow.cli.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.cli.ElbowLine;
import dev.elbow.inference.Codes;
import dev.elbow.inference.VaeModel;
import dev.elbow.networks.DenseDecoder;
import dev.elbow.networks.DenseEncoder;
import dev.elbow.objectives.MultiRateObjective;
import dev.elbow.testkit.RandomArrays;
import dev.elbow.trainer.onnx.OnnxExporter;
import dev.elbow.trainer.onnx.OnnxModel;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a model that is told one of three classes and a weight from 0.5 to 4. */
class ToldOptionsIT {
  @TempDir Path folder;
  private final ElbowLine elbow = new ElbowLine();

  @BeforeEach
  void export() throws Exception {
    Map<String, Object> label = Map.of("hidden", List.of(5), "condition", "label");
    Vae vae =
        Vae.describe(
            Shape.of(1, 4, 6),
            3,
            2,
            part(new DenseEncoder(), label),
            part(new DenseDecoder(), label),
            part(new MultiRateObjective(), Map.of("betaMin", 0.5, "betaMax", 4)));
    Map<String, String> metadata =
        Map.of(
            "beta.least",
            "0.5",
            "beta.most",
            "4",
            "label.0",
            "cat",
            "label.1",
            "dog",
            "label.2",
            "owl");
    Map<String, float[]> parameters = RandomArrays.parameters(vae.training(), 1);
    for (OnnxModel model : new OnnxExporter(vae, parameters, metadata).models()) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(model.file()))) {
        model.writeTo(out);
      }
    }
  }

  private static <P extends Plugin> Vae.Part<P> part(P plugin, Map<String, Object> given) {
    return new Vae.Part<>(plugin, Options.check(plugin.options(), given).orThrow());
  }

  private int sample(String... told) {
    String[] all = new String[told.length + 7];
    String[] first = {"sample", folder.toString(), "--count", "3", "--force", "--out"};
    System.arraycopy(first, 0, all, 0, first.length);
    all[first.length] = folder.resolve("images.npy").toString();
    System.arraycopy(told, 0, all, 7, told.length);
    return elbow.execute(folder.resolve("home"), all);
  }

  private void refused(String says, String... told) {
    assertEquals(2, sample(told), () -> elbow.out() + elbow.err());
    assertTrue(elbow.err().contains(says), elbow.err());
    assertTrue(elbow.err().contains("Nothing was written."), elbow.err());
  }

  private float[] written() throws Exception {
    byte[] file = Files.readAllBytes(folder.resolve("images.npy"));
    float[] values = new float[3 * 24];
    int header = file.length - values.length * Float.BYTES;
    ByteBuffer.wrap(file, header, file.length - header)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  @Test
  void imagesAreOfTheClassAndTheWeightThatAreTold() throws Exception {
    float[] codes = Codes.normal(0, 6, 1);
    try (VaeModel model = VaeModel.load(folder)) {
      assertEquals(0, sample("--label", "owl", "--beta", "0.5"), elbow::err);
      assertArrayEquals(model.withLabel(2).withBeta(0.5).decode(codes), written());
      assertEquals(0, sample("--label", "1"), elbow::err);
      assertArrayEquals(model.withLabel(1).withBeta(1).decode(codes), written());
    }
  }

  @Test
  void whatTheModelDoesNotKnowIsRefusedWithWhatItDoes() {
    refused("--label: found none, expected one of cat, dog, owl");
    refused("--label: found 'cow', expected one of cat, dog, owl", "--label", "cow");
    refused(
        "--beta: 5.0 is outside of what the model was trained for, expected a number from 0.5 to"
            + " 4.0",
        "--label",
        "cat",
        "--beta",
        "5");
  }

  private int compressed(String command, String... told) throws Exception {
    List<String> all = new ArrayList<>(List.of(command, folder.toString()));
    boolean makes = command.equals("compress");
    Path images = folder.resolve("images.npy");
    Path codes = folder.resolve("images.elbc");
    all.addAll(List.of((makes ? images : codes).toString(), "--force", "--out"));
    all.add((makes ? codes : images).toString());
    all.addAll(List.of(told));
    return elbow.execute(folder.resolve("home"), all.toArray(String[]::new));
  }

  @Test
  void whatImagesWereCompressedWithNeedNotBeToldAgain() throws Exception {
    assertEquals(0, sample("--label", "cat"), elbow::err);
    float[] images = written();
    assertEquals(0, compressed("compress", "--label", "owl", "--beta", "0.5", "--step", "0.25"));
    assertEquals(0, compressed("decompress"), elbow::err);
    try (VaeModel model = VaeModel.load(folder)) {
      VaeModel told = model.withLabel(2).withBeta(0.5);
      float[] codes = told.encode(images).mu();
      for (int i = 0; i < codes.length; i++) {
        codes[i] = Math.round(codes[i] / 0.25f) * 0.25f;
      }
      assertArrayEquals(told.decode(codes), written(), 1e-6f);
    }
    assertEquals(2, compressed("decompress", "--label", "cat"));
    assertTrue(
        elbow.err().contains("--label: found cat, but the codes were made with owl"), elbow.err());
    assertEquals(2, compressed("decompress", "--beta", "2"));
    assertTrue(
        elbow.err().contains("--beta: found 2.0, but the codes were made with 0.5"), elbow.err());
  }
}
