package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesIT {
  @TempDir Path folder;

  static Stream<Path> examples() throws IOException {
    return Files.list(Path.of("..", "examples"))
        .filter(file -> file.toString().endsWith(".yaml"))
        .map(file -> file.toAbsolutePath().normalize());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(Path example) throws Exception {
    Path data = TinyImages.write(folder.resolve("data"), "mnist", 28);
    ElbowProcess.Ended ended =
        ElbowProcess.run(folder, "validate", example.toString(), "--data", data.toString());
    assertEquals(0, ended.exitCode(), ended::toString);
    assertTrue(ended.out().contains("no problems"), ended::toString);
    assertEquals("", ended.err());
  }
}
