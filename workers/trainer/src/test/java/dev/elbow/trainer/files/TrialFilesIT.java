package dev.elbow.trainer.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.DatasetChoice;
import dev.elbow.api.Evaluation;
import dev.elbow.api.FailureKind;
import dev.elbow.api.Losses;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.RatePoint;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.Vae;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.catalog.Catalog;
import dev.elbow.inference.Betas;
import dev.elbow.inference.ModelVersion;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.engine.ConditionValues;
import dev.elbow.trainer.onnx.ExportException;
import dev.elbow.trainer.onnx.Models;
import dev.elbow.trainer.onnx.PlainJava;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("one of its tests changes the locale of the whole JVM")
class TrialFilesIT {
  private static final Vae VAE = Models.dense(Shape.of(1, 6, 6), 8, 3);
  private static final Map<String, float[]> PARAMETERS = Models.parameters(VAE, 2);
  private static final Set<String> FILES =
      Set.of(
          "encoder.onnx",
          "decoder.onnx",
          "vae.onnx",
          "weights.safetensors",
          "metrics.csv",
          "latents.csv",
          "trial.json",
          "MODEL_CARD.md",
          "reconstructions.png",
          "samples.png",
          "traversals.png");

  @TempDir private Path folder;

  @Test
  void writesEveryFileWithItsHashAndTheLargestError() throws Exception {
    WrittenFiles written = write(folder);
    assertEquals(FILES, written.sha256().keySet());
    for (String file : FILES) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(file)));
      assertEquals(HexFormat.of().formatHex(digest), written.sha256().get(file), file);
    }
    assertTrue(written.onnxMaxAbsError() > 0 && written.onnxMaxAbsError() < 1e-5);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(FILES.size(), files.count());
    }
  }

  @Test
  void writesTheSameBytesAgainInAnotherLocale() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    write(first);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      write(second);
    } finally {
      Locale.setDefault(before);
    }
    for (String file : FILES) {
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
    }
  }

  @Test
  void aModelForManyWeightsLeavesItsCurveAndTellsWhatItIsAskedWith() throws Exception {
    Vae told = Models.told(Shape.of(1, 6, 6), 3);
    Map<String, float[]> parameters = Models.parameters(told, 4);
    Losses losses = new Losses(20.5, 10);
    List<RatePoint> rates =
        List.of(
            new RatePoint(0.1, Optional.empty(), losses),
            new RatePoint(10, Optional.of(losses), losses));
    FinishedTrial plain = finished();
    FinishedTrial finished =
        new FinishedTrial(
            plain.trial(),
            told,
            parameters,
            plain.evaluations(),
            plain.targets(),
            plain.testImages(),
            ConditionValues.examples(told, 20),
            List.of("cat", "dog", "owl", "fox"),
            rates);
    files().write(folder, finished, new PlainJava(parameters));
    assertEquals(
        "beta,validation_loss,validation_reconstruction,validation_kl,"
            + "test_loss,test_reconstruction,test_kl\n"
            + "0.1,,,,30.5,20.5,10\n10,30.5,20.5,10,30.5,20.5,10\n",
        Files.readString(folder.resolve("rate_distortion.csv")));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("trial.json").toFile());
    assertEquals(0.1, json.at("/rate_distortion/0/beta").asDouble());
    assertEquals(30.5, json.at("/rate_distortion/1/validation_loss").asDouble());
    String card = Files.readString(folder.resolve("MODEL_CARD.md"));
    assertTrue(card.contains("`beta`, the weight of the KL term from 0.1 to 10.0"), card);
    try (VaeModel model = VaeModel.load(folder)) {
      assertEquals(new Betas(0.1, 10), model.betas().orElseThrow());
      assertEquals("owl", model.labelName(2));
      float[] two = Arrays.copyOf(plain.testImages(), 2 * 36);
      assertArrayEquals(
          model.withLabels(0, 1).encode(two).mu(), model.withShownLabels(2).encode(two).mu());
    }
  }

  @Test
  void theCardHasSettingsLossesAndTheHashesOfTheOtherFiles() throws Exception {
    WrittenFiles written = write(folder);
    String card = Files.readString(folder.resolve("MODEL_CARD.md"));
    for (String file : FILES) {
      boolean told = card.contains("| `%s` | `%s` |".formatted(file, written.sha256().get(file)));
      assertEquals(!file.equals("MODEL_CARD.md"), told, file);
    }
    assertTrue(card.contains("| objective.beta | 0.25 |"), card);
    assertTrue(card.contains("| encoder.hidden | [400] |"), card);
    assertTrue(card.contains("| dataset.sha256 | cafe |"), card);
    assertTrue(card.contains("| test | 30.5 |"), card);
  }

  @Test
  void describesTheTrialInTheWordsOfASweepFile() throws Exception {
    write(folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("trial.json").toFile());
    assertEquals("dense", json.at("/encoder/plugin").asText());
    assertEquals(400, json.at("/encoder/hidden/0").asInt());
    assertEquals(0.25, json.at("/objective/beta").asDouble());
    assertEquals("dynamic", json.at("/data/targets").asText());
    assertEquals("cafe", json.at("/data/sha256").asText());
    assertEquals("plain Java 1", json.at("/versions/engine").asText());
    assertEquals("test processor", json.at("/processor").asText());
    assertEquals(8 * 37 + 2 * 27 + 32 + 36 * 9, json.at("/metrics/parameter_count").asInt());
    assertEquals(30.5, json.at("/metrics/test_loss").asDouble());
    assertEquals(2, json.at("/metrics/active_units").asInt());
  }

  @Test
  void tellsInEveryModelWhereItComesFrom() throws Exception {
    write(folder);
    try (VaeModel model = VaeModel.load(folder)) {
      Map<String, String> metadata = model.metadata();
      assertEquals("lines", metadata.get("sweep"));
      assertEquals("0007", metadata.get("trial"));
      assertEquals("3", metadata.get("latent"));
      assertEquals("5", metadata.get("seed"));
      assertEquals("0.25", metadata.get("beta"));
      assertEquals("0.25", metadata.get("objective.beta"));
      assertEquals("[400]", metadata.get("encoder.hidden"));
      assertEquals("0.001", metadata.get("training.learningRate"));
      assertEquals("cafe", metadata.get("dataset.sha256"));
      assertEquals("dynamic", metadata.get("targets"));
      assertEquals("bernoulli", metadata.get("likelihood"));
      assertEquals("30.5", metadata.get("test_loss"));
      assertEquals("13", metadata.get("versions.opset"));
      assertEquals(ModelVersion.CURRENT, metadata.get("versions.models"));
    }
  }

  @Test
  void keepsTheWeightsUnderTheirNamesWithTheirShapesAndNoMoments() throws Exception {
    write(folder);
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("weights.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = new byte[(int) bytes.getLong()];
    bytes.get(text);
    JsonNode header = new ObjectMapper().readTree(text);
    assertEquals("lines", header.at("/__metadata__/sweep").asText());
    assertEquals(1 + PARAMETERS.size(), header.size());
    for (Parameter parameter : VAE.training().parameters()) {
      JsonNode entry = header.get(parameter.name());
      assertEquals(
          parameter.shape().dimensions().toString().replace(" ", ""),
          entry.get("shape").toString());
      bytes.position(8 + text.length + entry.get("data_offsets").get(0).asInt());
      float[] values = new float[PARAMETERS.get(parameter.name()).length];
      bytes.asFloatBuffer().get(values);
      assertArrayEquals(PARAMETERS.get(parameter.name()), values, parameter.name());
    }
  }

  @Test
  void failsWhereTheFilesComputeSomethingElse() {
    Map<String, float[]> others = Models.parameters(VAE, 99);
    ExportException e =
        assertThrows(
            ExportException.class, () -> files().write(folder, finished(), new PlainJava(others)));
    assertEquals(FailureKind.ONNX_MISMATCH, e.kind());
  }

  private static WrittenFiles write(Path folder) throws Exception {
    return files().write(folder, finished(), new PlainJava(PARAMETERS));
  }

  private static TrialFiles files() throws Exception {
    return new TrialFiles(Catalog.ofClassPath(), "plain Java 1", "test processor");
  }

  private static FinishedTrial finished() {
    Options network = new Options(Map.of("hidden", List.of(400L)));
    Trial trial =
        new Trial(
            new TrialId("lines", 7),
            Map.of("beta", 0.25),
            5,
            new DatasetChoice(
                new PluginChoice("lines", new Options(Map.of("path", "a/b"))), 0.1, "cafe"),
            new PluginChoice("dense", network),
            new PluginChoice("dense", network),
            new PluginChoice("elbo", new Options(Map.of("beta", 0.25))),
            3,
            new Training(Options.defaults(Training.declared())));
    float[] images = Models.uniform(new Random(6), 20 * 36, 0, 1);
    return new FinishedTrial(
        trial, VAE, PARAMETERS, Collections.nCopies(2, evaluation()), Targets.DYNAMIC, images);
  }

  private static Evaluation evaluation() {
    Losses losses = new Losses(20.5, 10);
    return new Evaluation(
        3,
        90,
        31,
        losses,
        Optional.of(losses),
        losses,
        List.of(1.0, 8.99, 0.01),
        List.of(0.5, 0.9, 0.001),
        2,
        1000);
  }
}
