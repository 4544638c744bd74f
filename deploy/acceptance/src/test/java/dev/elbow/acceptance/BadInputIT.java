package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a sweep: exit code 2, the place, and nothing is queued. */
class BadInputIT {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyImages.write(folder.resolve("data"));
  }

  static Stream<Arguments> sweeps() {
    return Stream.of(
        bad("unknown key", "encodr", "{}", "sweep.yaml:10:1 ", "did you mean 'encoder'?"),
        bad("wrong type", "training", "{epochs: many}", "6:20 ", "'many'", "an integer from 1"),
        bad("out of range", "training", "{batchSize: 0}", "6:23 ", "0 is out of range"),
        bad("not a number", "training", "{learningRate: .nan}", "NaN is out of range"),
        bad("unknown plugin", "encoder", "{plugin: densse}", "3:19 ", "conv, dense"),
        bad("latent 0", "parameters", "{latent: {values: [2, 0]}}", "7:35 ", "0 is out of range"),
        bad("negative beta", "parameters", "{latent: 2, beta: -1}", "7:31 ", "-1 is out of range"),
        bad("empty grid", "parameters", "{latent: {values: []}}", "7:", "at least one"),
        bad("empty seeds", "seeds", "[]", "9:8 ", "seeds"),
        bad("duplicate key", "seeds", "[1]\nseeds: [2]", "10:1 ", "given twice, first at 9:1"),
        bad("slashes", "name", "../../etc/passwd", "1:7 ", "lower-case letters"),
        bad("missing data", "dataset", "{plugin: idx, path: nowhere}", "'nowhere' does not exist"),
        bad("outside", "dataset", "{plugin: idx, path: ../..}", "outside the data folder"),
        bad("other data", "trial", "{number: 1}\ndata: {sha256: 0a}", "data.sha256", "expected 0a"),
        bad("too deep", "encoder", "{plugin: conv}", "3:10 ", "conv4", "larger than the image"));
  }

  private static Arguments bad(String what, String section, String yaml, String... said) {
    return Arguments.of(what, TinySweep.named("bad").with(section, yaml).yaml(), List.of(said));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sweeps")
  void isRefusedWithItsPlace(String what, String yaml, List<String> said) throws Exception {
    refused(yaml, said);
  }

  private void refused(String yaml, List<String> said) throws Exception {
    Path sweep = Files.writeString(folder.resolve("sweep.yaml"), yaml);
    refused(sweep, said);
  }

  private void refused(Path sweep, List<String> said) throws Exception {
    String home = folder.resolve("home").toString();
    ElbowProcess.Ended ended =
        ElbowProcess.run(
            folder, "run", sweep.toString(), "--home", home, "--data", data.toString());
    assertEquals(2, ended.exitCode(), ended::toString);
    assertTrue(ended.err().contains("Nothing was queued."), ended::toString);
    assertAll(said.stream().map(s -> () -> assertTrue(ended.err().contains(s), s + "\n" + ended)));
    assertFalse(Files.exists(Path.of(home, "sweeps")), "nothing may be left behind");
  }

  @Test
  void allProblemsAreToldAtOnce() throws Exception {
    String yaml =
        TinySweep.named("bad")
            .with("training", "{epochs: 0, batchSize: many}")
            .with("encoder", "{plugin: nothing}")
            .with("colour", "red")
            .yaml();
    refused(yaml, List.of("epochs", "batchSize", "nothing", "colour", "4 problems"));
  }

  @Test
  void aGridOfMoreThanAMillionTrialsIsRefused() throws Exception {
    String parameters =
        "{latent: {min: 1, max: 2000, step: 1}, learningRate: {min: 0.001, max: 1, step: 0.001}}";
    refused(
        TinySweep.named("bad").with("parameters", parameters).yaml(), List.of("1,000,000 trials"));
  }

  @Test
  void aTruncatedDataFileIsRefused() throws Exception {
    Path images = data.resolve("tiny/train-images-idx3-ubyte");
    try (RandomAccessFile file = new RandomAccessFile(images.toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }
    refused(TinySweep.named("bad").yaml(), List.of("train-images-idx3-ubyte"));
  }

  @Test
  void aDataFileOfAnotherKindIsRefused() throws Exception {
    Path images = data.resolve("tiny/train-images-idx3-ubyte");
    Files.write(images, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    refused(TinySweep.named("bad").yaml(), List.of("train-images-idx3-ubyte"));
  }

  @Test
  void aYamlBombIsRefusedAtOnce() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String reference = ("*a" + (i - 1) + ", ").repeat(10);
      bomb.append(
          "a%d: &a%d [%s]%n".formatted(i, i, reference.substring(0, reference.length() - 2)));
    }
    refused(bomb.toString(), List.of("sweep.yaml"));
  }

  @Test
  void aBinaryFileIsRefused() throws Exception {
    Path sweep = folder.resolve("sweep.yaml");
    byte[] bytes = new byte[4096];
    new java.util.Random(1).nextBytes(bytes);
    refused(Files.write(sweep, bytes), List.of("sweep.yaml"));
  }

  @Test
  void aVastFileIsRefusedAtOnce() throws Exception {
    Path sweep = folder.resolve("sweep.yaml");
    try (RandomAccessFile file = new RandomAccessFile(sweep.toFile(), "rw")) {
      file.setLength(100_000_000);
    }
    refused(sweep, List.of("sweep.yaml"));
  }
}
