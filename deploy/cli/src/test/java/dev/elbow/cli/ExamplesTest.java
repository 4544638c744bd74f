package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.testkit.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  @TempDir Path folder;
  private final ElbowLine elbow = new ElbowLine();

  static Stream<Path> examples() throws IOException {
    return Files.list(Path.of("..", "examples"))
        .filter(file -> file.toString().endsWith(".yaml"))
        .map(file -> file.toAbsolutePath().normalize());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(Path example) throws Exception {
    IdxFiles.writeFolder(folder.resolve("data/mnist"), 40, 10, 28, 28);
    String data = folder.resolve("data").toString();
    int code =
        elbow.execute(folder.resolve("home"), "validate", example.toString(), "--data", data);
    assertEquals("", elbow.err());
    assertEquals(0, code);
    assertTrue(elbow.out().contains("no problems"), elbow::out);
  }
}
