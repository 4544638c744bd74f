package dev.elbow.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.inference.Codes;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the model of the first release. */
class LogitModelsIT {
  private static final Path GOLDEN = Path.of("../../core/inference/src/test/resources/golden");

  @TempDir Path folder;
  private Path logits;

  @BeforeEach
  void write() throws IOException {
    logits = Files.createDirectories(folder.resolve("logits"));
    LogitModels.write(GOLDEN, logits);
  }

  @Test
  void imagesAreTheSigmoidOfWhatTheseModelsGive() throws IOException {
    try (VaeModel model = VaeModel.load(GOLDEN);
        VaeModel before = VaeModel.load(logits)) {
      float[] codes = Codes.normal(3, 5 * model.latent(), 1);
      assertArrayEquals(model.decode(codes), sigmoid(before.decode(codes)), 1e-6f);
      float[] x = model.decode(codes);
      float[] eps = new float[5 * model.latent()];
      assertArrayEquals(
          model.reconstruct(x, eps).xHat(), sigmoid(before.reconstruct(x, eps).xHat()), 1e-6f);
      assertArrayEquals(model.encode(x).mu(), before.encode(x).mu());
      assertEquals(model.metadata(), before.metadata());
    }
  }

  private static float[] sigmoid(float[] logits) {
    float[] values = new float[logits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return values;
  }

  @Test
  void imagesThatComeFromNoSigmoidAreRefused() throws IOException {
    Path again = Files.createDirectories(folder.resolve("again"));
    IOException refused = assertThrows(IOException.class, () -> LogitModels.write(logits, again));
    assertTrue(refused.getMessage().contains("comes from no sigmoid"), refused.getMessage());
  }
}
