package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFolderTest {
  private static final TrialId TRIAL = new TrialId("s", 7);

  @TempDir Path temporary;

  private Path file(Path folder, String name) throws IOException {
    return Files.writeString(Files.createDirectories(folder).resolve(name), name);
  }

  @Test
  void findsTheFilesThatAWorkerWrites() throws IOException {
    Path file = file(temporary.resolve("s/trials/0007"), "vae.onnx");
    file(temporary.resolve("s/trials/0007"), "notes.txt");
    TrialFolder folder = new TrialFolder(temporary);
    assertEquals(Optional.of(file), folder.find(TRIAL, "vae.onnx"));
    assertEquals(Optional.empty(), folder.find(TRIAL, "notes.txt"));
    assertEquals(Optional.empty(), folder.find(TRIAL, "trial.json"));
    assertEquals(Optional.empty(), folder.find(TRIAL, "../0007/vae.onnx"));
    assertEquals(Map.of("vae.onnx", 8L), folder.sizes(TRIAL));
    assertEquals(Map.of(), folder.sizes(new TrialId("s", 8)));
  }

  @Test
  void findsThemThroughAResultsFolderThatIsALink() throws IOException {
    file(temporary.resolve("real/s/trials/0007"), "vae.onnx");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("real"));
    assertEquals(Map.of("vae.onnx", 8L), new TrialFolder(link).sizes(TRIAL));
  }

  @Test
  void followsNoLinkOutOfTheResults() throws IOException {
    Path secret = file(temporary.resolve("elsewhere"), "vae.onnx");
    Path results = Files.createDirectories(temporary.resolve("results/s/trials/0007"));
    Files.createSymbolicLink(results.resolve("vae.onnx"), secret);
    Files.createSymbolicLink(
        temporary.resolve("results/s/trials/0008"), temporary.resolve("elsewhere"));
    TrialFolder folder = new TrialFolder(temporary.resolve("results"));
    assertEquals(Map.of(), folder.sizes(TRIAL));
    assertEquals(Map.of(), folder.sizes(new TrialId("s", 8)));
  }
}
