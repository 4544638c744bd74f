package dev.elbow.trainer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.Trial;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.onnx.Models;
import dev.elbow.trainer.training.Tasks;
import dev.elbow.trainer.training.Totals;
import dev.elbow.trainer.training.TrainingPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {
  private static final Trial TRIAL = Tasks.trial(1, 2, 0.1, Map.of("epochs", 3));

  private static final Provenance PROVENANCE =
      new Provenance("libtorch 2", "x86_64 AVX2", List.of("encoder/dense 1.0 cafe"));

  @TempDir private Path folder;

  @Test
  void comesBackAsItWas() throws Exception {
    Checkpoint written = checkpoint();
    file(TRIAL).write(written);
    Checkpoint read = file(TRIAL).read().orElseThrow();
    assertEquals(written.position(), read.position());
    assertEquals(written.state().updates(), read.state().updates());
    assertSame(written.state().parameters(), read.state().parameters());
    assertEquals(written.shapes(), read.shapes());
    assertEquals(written.state().moments().keySet(), read.state().moments().keySet());
    written
        .state()
        .moments()
        .forEach((name, moment) -> assertSame(moment, read.state().moments().get(name)));
  }

  @Test
  void isEmptyWhereThereIsNone() throws Exception {
    assertEquals(Optional.empty(), file(TRIAL).read());
  }

  @Test
  void makesItsFolderAgainWhereItWasDeleted() throws Exception {
    Path deleted = folder.resolve("0001");
    CheckpointFile file = new CheckpointFile(deleted, TRIAL, PROVENANCE, "execution");
    file.write(checkpoint());
    assertTrue(file.read().isPresent());
  }

  @Test
  void takesThePlaceOfTheLastOneAndLeavesNothingElse() throws Exception {
    file(TRIAL).write(checkpoint());
    file(TRIAL).write(checkpoint());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("checkpoint.safetensors"),
          files.map(path -> path.getFileName().toString()).toList());
    }
  }

  @Test
  void removesWhatAnExecutionThatDiedHasHalfWritten() throws Exception {
    file(TRIAL).write(checkpoint());
    Path half = Files.writeString(folder.resolve("checkpoint.safetensors.dead.part"), "half");
    assertTrue(file(TRIAL).read().isPresent());
    assertFalse(Files.exists(half));
  }

  @Test
  void otherProgramsReadItsWeights() throws Exception {
    file(TRIAL).write(checkpoint());
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("checkpoint.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    byte[] text = new byte[length];
    bytes.get(text);
    JsonNode header = new ObjectMapper().readTree(text);
    JsonNode bias = header.get("encoder.mu.bias");
    assertEquals("F32", bias.get("dtype").asText());
    assertEquals("[2]", bias.get("shape").toString());
    assertEquals("[2,2]", header.get("encoder.mu.weight").get("shape").toString());
    assertEquals(
        "[2,2]", header.get("optimizer.exp_avg:encoder.mu.weight").get("shape").toString());
    int from = 8 + length + bias.get("data_offsets").get(0).asInt();
    assertEquals(0, from % 4);
    assertEquals(5, bytes.getFloat(from));
    assertEquals(-6, bytes.getFloat(from + 4));
  }

  @Test
  void isNotUsedForATrialThatDiffers() throws Exception {
    file(TRIAL).write(checkpoint());
    Trial other = Tasks.trial(2, 2, 0.1, Map.of("epochs", 3));
    CheckpointException e = assertThrows(CheckpointException.class, () -> file(other).read());
    assertTrue(e.getMessage().contains("another trial"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "libtorch 3, x86_64 AVX2, encoder/dense 1.0 cafe",
    "libtorch 2, x86_64 AVX512, encoder/dense 1.0 cafe",
    "libtorch 2, x86_64 AVX2, encoder/dense 1.1 cafe",
    "libtorch 2, x86_64 AVX2, encoder/dense 1.0 beef"
  })
  void isNotUsedWhereOtherBitsWouldFollow(String engine, String processor, String plugin)
      throws Exception {
    file(TRIAL).write(checkpoint());
    Provenance other = new Provenance(engine, processor, List.of(plugin));
    CheckpointFile here = new CheckpointFile(folder, TRIAL, other, "execution");
    CheckpointException e = assertThrows(CheckpointException.class, here::read);
    assertTrue(e.getMessage().contains("engine, processor or version"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 100, -1, -30})
  void isNotUsedWhereItIsCutOff(int length) throws Exception {
    byte[] whole = written();
    int kept = length >= 0 ? length : whole.length + length;
    Files.write(folder.resolve("checkpoint.safetensors"), java.util.Arrays.copyOf(whole, kept));
    assertThrows(CheckpointException.class, () -> file(TRIAL).read());
  }

  @Test
  void isNotUsedWhereABitIsWrong() throws Exception {
    byte[] bytes = written();
    bytes[bytes.length - 3] ^= 4;
    Files.write(folder.resolve("checkpoint.safetensors"), bytes);
    assertThrows(CheckpointException.class, () -> file(TRIAL).read());
  }

  @Test
  void fitsTheNetworkThatItWasMadeOfAlone() {
    Vae vae = Models.dense(Shape.of(1, 2, 2), 3, 2);
    Map<String, float[]> weights = Models.parameters(vae.training().parameters(), 1);
    Checkpoint checkpoint =
        Checkpoint.of(vae, ModelState.untrained(weights), TrainingPosition.START);
    assertTrue(checkpoint.fits(vae));
    assertFalse(checkpoint.fits(Models.dense(Shape.of(1, 2, 2), 4, 2)));
    assertFalse(checkpoint.fits(Models.convolutional(Shape.of(1, 2, 2), 2)));
  }

  private byte[] written() throws IOException {
    file(TRIAL).write(checkpoint());
    return Files.readAllBytes(folder.resolve("checkpoint.safetensors"));
  }

  private CheckpointFile file(Trial trial) {
    return new CheckpointFile(folder, trial, PROVENANCE, "execution");
  }

  private static Checkpoint checkpoint() {
    Map<String, float[]> weights =
        Map.of(
            "encoder.mu.weight", new float[] {1, Float.MIN_VALUE, -0.0f, 3.1415927f},
            "encoder.mu.bias", new float[] {5, -6});
    Map<String, float[]> moment =
        Map.of(
            "encoder.mu.weight", new float[] {4, 3, 2, 1},
            "encoder.mu.bias", new float[] {0.1f, 1e-38f});
    ModelState state = new ModelState(12, weights, Map.of("exp_avg", moment, "exp_avg_sq", moment));
    Map<String, Shape> shapes =
        Map.of("encoder.mu.weight", Shape.of(2, 2), "encoder.mu.bias", Shape.of(2));
    return new Checkpoint(state, position(), shapes);
  }

  private static TrainingPosition position() {
    Losses losses = new Losses(100.1 / 3, 1e-300);
    Evaluation evaluation =
        new Evaluation(
            1,
            8,
            0.1,
            losses,
            Optional.of(losses),
            losses,
            List.of(0.1, 1.0 / 3),
            List.of(0.0, 2.0),
            1.5,
            1000);
    Totals totals = new Totals(30, 1.0 / 7, 2, 3, 4, 5);
    return new TrainingPosition(12, totals, List.of(evaluation));
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
  }
}
