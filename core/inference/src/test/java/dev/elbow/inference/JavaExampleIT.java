package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for users of Java runs as its README says, with this library alone. */
class JavaExampleIT {
  private static final Path EXAMPLE = Path.of("../../deploy/examples/java/Digits.java");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  @Test
  void theSourceFileRunsOnTheFilesOfATrial() throws Exception {
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            EXAMPLE.toAbsolutePath().toString(),
            GOLDEN.toAbsolutePath().toString());
    Process process =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.startsWith("1 x 4 x 6, 2 latent dimensions, trained by sweep golden"), said);
    assertPicture("samples.png", 2 * 8);
    assertPicture("interpolation.png", 11);
  }

  private void assertPicture(String name, int images) throws IOException {
    try (VaeModel model = VaeModel.load(GOLDEN)) {
      float[][][] sheet = model.images(Files.readAllBytes(folder.resolve(name)), 1);
      assertEquals(images, sheet.length * sheet[0].length);
    }
  }
}
