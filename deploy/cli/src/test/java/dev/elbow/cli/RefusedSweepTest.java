package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.testkit.IdxFiles;
import dev.elbow.testkit.RandomArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a sweep: exit code 2, the place, and nothing is queued. */
class RefusedSweepTest {
  private static final String GOOD =
      """
      name: bad
      dataset: {plugin: idx, path: tiny}
      encoder: {plugin: dense, hidden: [16]}
      decoder: {plugin: dense, hidden: [16]}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {epochs: 2, batchSize: 64}
      parameters: {latent: 3, beta: {values: [0.5, 2]}, learningRate: 0.002}
      search: {plugin: grid}
      seeds: [1, 2]
      """;

  @TempDir Path folder;
  private final ElbowLine elbow = new ElbowLine();
  private Path images;

  @BeforeEach
  void writeData() throws IOException {
    Path tiny = folder.resolve("data/tiny");
    IdxFiles.writeFolder(tiny, 40, 10, 12, 12);
    images = tiny.resolve("train-images-idx3-ubyte.gz");
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
    return Arguments.of(what, with(section, yaml), List.of(said));
  }

  /** The good sweep with one section replaced, or added at its end. */
  private static String with(String section, String yaml) {
    String line = section + ": " + yaml + "\n";
    String replaced =
        GOOD.replaceFirst("(?m)^" + section + ": .*\n", Matcher.quoteReplacement(line));
    return replaced.equals(GOOD) ? GOOD + line : replaced;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sweeps")
  void isRefusedWithItsPlace(String what, String yaml, List<String> said) throws Exception {
    refused(yaml, said);
  }

  private void refused(String yaml, List<String> said) throws Exception {
    refused(Files.writeString(folder.resolve("sweep.yaml"), yaml), said);
  }

  private void refused(Path sweep, List<String> said) {
    Path home = folder.resolve("home");
    String data = folder.resolve("data").toString();
    assertEquals(2, elbow.execute(home, "run", sweep.toString(), "--data", data), elbow::err);
    assertTrue(elbow.err().contains("Nothing was queued."), elbow::err);
    assertAll(said.stream().map(s -> () -> assertTrue(elbow.err().contains(s), elbow::err)));
    assertFalse(Files.exists(home.resolve("sweeps")), "nothing may be left behind");
  }

  @Test
  void aGridOfMoreThanAMillionTrialsIsRefused() throws Exception {
    String parameters =
        "{latent: {min: 1, max: 2000, step: 1}, learningRate: {min: 0.001, max: 1, step: 0.001}}";
    refused(with("parameters", parameters), List.of("1,000,000 trials"));
  }

  @Test
  void aTruncatedDataFileIsRefused() throws Exception {
    IdxFiles.write(images, new byte[40 * 12 * 12 - 100], 40, 12, 12);
    refused(GOOD, List.of("train-images-idx3-ubyte"));
  }

  @Test
  void aDataFileOfAnotherKindIsRefused() throws Exception {
    Files.write(images, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    refused(GOOD, List.of("train-images-idx3-ubyte"));
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
    refused(Files.write(sweep, RandomArrays.bytes(4096, 1)), List.of("sweep.yaml"));
  }
}
