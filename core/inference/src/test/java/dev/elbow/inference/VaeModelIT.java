package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The files under {@code golden} were written by Elbow 0.1 and must be readable for ever. */
class VaeModelIT {
  private static final List<String> FILES = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");
  private static final float[] EPS = {0.5f, -1, 0, 2};

  @TempDir private Path folder;
  private VaeModel model;

  @BeforeEach
  void load() throws IOException {
    for (String file : FILES) {
      Files.write(folder.resolve(file), golden(file));
    }
    model = VaeModel.load(folder);
  }

  @AfterEach
  void close() {
    model.close();
  }

  // A process that is killed deletes nothing at its end.
  @Test
  @EnabledOnOs(OS.LINUX)
  void theUnpackedRuntimeIsDeletedWhileItRuns() throws IOException {
    List<String> unpacked =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.contains("/onnxruntime-java"))
            .toList();
    assertFalse(unpacked.isEmpty());
    List<String> left = unpacked.stream().filter(line -> !line.endsWith(" (deleted)")).toList();
    assertEquals(List.of(), left);
  }

  @Test
  void readsModelsOfTheFirstRelease() throws IOException {
    Reconstruction result = model.reconstruct(images(2), EPS);
    assertArrayEquals(expected("xHat"), result.xHat(), 1e-6f);
    assertArrayEquals(expected("mu"), result.mu(), 1e-6f);
    assertArrayEquals(expected("logvar"), result.logvar(), 1e-6f);
    assertArrayEquals(expected("z"), result.z(), 1e-6f);
    Encoding encoding = model.encode(images(2));
    assertArrayEquals(expected("mu"), encoding.mu(), 1e-6f);
    assertArrayEquals(expected("logvar"), encoding.logvar(), 1e-6f);
    assertArrayEquals(expected("xHat"), model.decode(expected("z")), 1e-6f);
  }

  @Test
  void tellsShapesAndMetadata() {
    assertEquals(
        List.of(1, 4, 6, 24, 2),
        List.of(
            model.channels(), model.height(), model.width(), model.imageSize(), model.latent()));
    assertEquals("golden", model.metadata().get("sweep"));
    assertEquals("bernoulli", model.metadata().get("likelihood"));
  }

  @Test
  void runsBatchesOfAnySizeAndGivesEachExampleItsOwnResult() {
    for (int batch : new int[] {0, 1, 3, 256, 257, 700}) {
      float[] codes = codes(batch);
      float[] images = model.decode(codes);
      assertEquals(batch * 24, images.length);
      for (int i = 0; i < batch; i += 97) {
        float[] alone = model.decode(Arrays.copyOfRange(codes, 2 * i, 2 * i + 2));
        assertArrayEquals(alone, Arrays.copyOfRange(images, 24 * i, 24 * i + 24), 1e-6f);
      }
    }
  }

  @Test
  void refusesArraysThatAreNoWholeExamplesAndNamesTheSize() {
    assertEquals(
        "x has 25 values, expected a multiple of 24: each example is [1, 4, 6]",
        assertThrows(IllegalArgumentException.class, () -> model.encode(new float[25]))
            .getMessage());
    assertEquals(
        "z has 3 values, expected a multiple of 2: each example is [2]",
        assertThrows(IllegalArgumentException.class, () -> model.decode(new float[3]))
            .getMessage());
    assertEquals(
        "eps has 1 examples and x has 2, expected as many",
        assertThrows(
                IllegalArgumentException.class,
                () -> model.reconstruct(new float[48], new float[2]))
            .getMessage());
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    float[] codes = codes(300);
    float[] expected = model.decode(codes);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 64)
              .mapToObj(i -> (Callable<Boolean>) () -> right(codes, expected, i))
              .toList();
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        assertTrue(call.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private boolean right(float[] codes, float[] expected, int seed) {
    int count = 1 + new Random(seed).nextInt(300);
    float[] images = model.decode(Arrays.copyOf(codes, 2 * count));
    return IntStream.range(0, images.length)
        .allMatch(i -> Math.abs(images[i] - expected[i]) < 1e-6f);
  }

  @Test
  void losesOnAnImageWhatItsReconstructionAndItsPosteriorSay() {
    ImageLosses losses = model.losses(images(2), new PixelLoss.Bernoulli(), 0, 1);
    Encoding encoding = model.encode(images(2));
    float[] xHat = model.decode(encoding.mu());
    for (int image = 0; image < 2; image++) {
      double expected = 0;
      for (int i = 24 * image; i < 24 * image + 24; i++) {
        float x = images(2)[i];
        expected -= x * Math.log(xHat[i]) + (1 - x) * Math.log1p(-xHat[i]);
      }
      assertEquals(expected, losses.reconstruction()[image], 1e-6);
    }
    assertArrayEquals(encoding.kl(2), losses.kl());
    assertEquals(losses.reconstruction()[1] + losses.kl()[1], losses.loss()[1]);
  }

  @Test
  void whatAnImageLosesDoesNotDependOnItsNeighbours() {
    ImageLosses both = model.losses(images(2), new PixelLoss.Bernoulli(), 3, 7);
    float[] second = Arrays.copyOfRange(images(2), 24, 48);
    ImageLosses alone = model.losses(second, new PixelLoss.Bernoulli(), 3, 7);
    assertEquals(alone.reconstruction()[0], both.reconstruction()[1], 1e-5);
    ImageLosses other = model.losses(second, new PixelLoss.Bernoulli(), 3, 8);
    assertTrue(Math.abs(other.reconstruction()[0] - alone.reconstruction()[0]) > 1e-4);
  }

  @Test
  void drawsOneImageInItsOwnSizeAndSeveralInRows() throws IOException {
    Png.Pixels one = Png.decode(model.png(images(2), 1));
    assertEquals(List.of(6, 4, 1), List.of(one.width(), one.height(), one.channels()));
    assertEquals(Math.round(255 * 24 / 48f), one.values()[0] & 0xff);
    float[][][] sheet = model.images(model.picture(images(2), 1), 1);
    assertEquals(List.of(2, 1), List.of(sheet.length, sheet[0].length));
    assertArrayEquals(Arrays.copyOfRange(images(2), 24, 48), sheet[1][0], 0.5f / 255 + 1e-6f);
    float[][][] pairs = model.images(model.comparison(images(2), new float[48], 8), 2);
    assertArrayEquals(Arrays.copyOfRange(images(2), 24, 48), pairs[0][1], 0.5f / 255 + 1e-6f);
    assertArrayEquals(new float[24], pairs[1][1]);
  }

  @Test
  void refusesTruncatedFilesAndNamesThem() throws IOException {
    for (String file : FILES) {
      byte[] whole = golden(file);
      for (int length : new int[] {0, 1, 100, whole.length / 2, whole.length - 1}) {
        Files.write(folder.resolve(file), Arrays.copyOf(whole, length));
        ModelException e = assertThrows(ModelException.class, () -> VaeModel.load(folder));
        assertTrue(e.getMessage().startsWith(folder.resolve(file).toString()), e.getMessage());
      }
      Files.write(folder.resolve(file), whole);
    }
  }

  @Test
  void refusesForeignFilesAndSaysWhatItExpects() throws IOException {
    Files.writeString(folder.resolve("encoder.onnx"), "name: mnist\nlatent: 10\n");
    assertTrue(refused().contains("no ONNX file"), refused());
    Files.write(folder.resolve("encoder.onnx"), golden("vae.onnx"));
    assertTrue(refused().contains("expected [x]"), refused());
    Files.delete(folder.resolve("encoder.onnx"));
    assertTrue(refused().contains("no such file"), refused());
  }

  private String refused() {
    return assertThrows(ModelException.class, () -> VaeModel.load(folder)).getMessage();
  }

  @Test
  void refusesCallsAfterItsEnd() {
    model.close();
    assertEquals(
        "the model is closed",
        assertThrows(IllegalStateException.class, () -> model.decode(EPS)).getMessage());
  }

  private static float[] images(int batch) {
    float[] images = new float[batch * 24];
    for (int i = 0; i < images.length; i++) {
      images[i] = i / 48f;
    }
    return images;
  }

  private static float[] codes(int batch) {
    Random random = new Random(5);
    float[] codes = new float[batch * 2];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) random.nextGaussian();
    }
    return codes;
  }

  private static byte[] golden(String file) throws IOException {
    try (InputStream in = VaeModelIT.class.getResourceAsStream("/golden/" + file)) {
      return in.readAllBytes();
    }
  }

  private static float[] expected(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = VaeModelIT.class.getResourceAsStream("/golden/expected.properties")) {
      properties.load(in);
    }
    String[] texts = properties.getProperty(name).split(",");
    float[] values = new float[texts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(texts[i]);
    }
    return values;
  }
}
