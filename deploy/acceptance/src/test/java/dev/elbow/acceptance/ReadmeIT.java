package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.inference.VaeModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what compiles and runs. */
class ReadmeIT {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Path THIS_FILE =
      Path.of("src", "test", "java", "dev", "elbow", "acceptance", "ReadmeIT.java");

  @TempDir Path folder;

  @Test
  void theJavaExampleRunsOnATrainedModel() throws Exception {
    TinyImages.write(folder.resolve("data"));
    TinySweep sweep = TinySweep.named("quickstart").with("parameters", "{latent: 2}");
    Path file = sweep.with("seeds", "[1]").write(folder);
    ElbowProcess.Ended run = ElbowProcess.run(folder, "run", file.toString(), "--data", "data");
    assertEquals(0, run.exitCode(), run::toString);
    example(folder.resolve("elbow-home/sweeps/quickstart/trials/0001"));
  }

  // As in the README, where the folder is written out.
  private static void example(Path trial) throws Exception {
    try (VaeModel model = VaeModel.load(trial)) {
      float[] picture = model.decode(new float[model.latent()]);
      float[] code = model.encode(picture).mu();
      System.out.println("the mean code's picture is encoded as " + Arrays.toString(code));
    }
  }

  @Test
  void theReadmeShowsThatVeryExample() throws Exception {
    String readme = Files.readString(README);
    String code = readme.substring(readme.indexOf("```java") + 7);
    List<String> shown = code.substring(0, code.indexOf("```")).strip().lines().toList();
    String source = Files.readString(THIS_FILE);
    for (String line : shown.subList(1, shown.size())) {
      assertTrue(source.contains(line.strip()), () -> "not in " + THIS_FILE + ": " + line);
    }
  }
}
