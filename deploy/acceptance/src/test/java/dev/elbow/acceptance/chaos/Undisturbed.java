package dev.elbow.acceptance.chaos;

import dev.elbow.acceptance.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The same sweep in one process to which nothing happens. */
final class Undisturbed {
  private static final Duration PATIENCE = Duration.ofMinutes(60);

  private Undisturbed() {}

  /**
   * Runs it to its end.
   *
   * @return the folder that holds the sweep's
   */
  static Path run(Path folder, ShortTrials sweep) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("tmp"));
    TinyImages.write(folder.resolve("data"));
    Path file = Files.writeString(folder.resolve("sweep.yaml"), sweep.yaml());
    List<String> arguments =
        List.of("run", file.toString(), "--home", "h", "--data", "data", "--slots", "2");
    try (Member run = new Member("run", folder, ".*", "-Xmx1g", arguments)) {
      run.start();
      run.awaitEnd(PATIENCE);
      if (!run.failures().isEmpty()) {
        throw new StuckException(run.failures().toString());
      }
    }
    return folder.resolve("h/sweeps");
  }
}
