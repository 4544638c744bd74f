package dev.elbow.inference;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * ONNX Runtime, loaded into this JVM at the first call. It unpacks 24 MB to the folder of temporary
 * files and deletes them when the JVM ends in good order; a killed one would leave them there for
 * ever. So they are deleted as soon as they are loaded, where the system allows that. Thread-safe.
 */
final class NativeRuntime {
  private static final String UNPACKED = "onnxruntime-java";
  private static final Path LOADED = Path.of("/proc/self/maps");

  private static boolean deleted;

  private NativeRuntime() {}

  static synchronized OrtEnvironment environment() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (!deleted) {
      deleted = true;
      deleteUnpacked();
    }
    return environment;
  }

  // What cannot be deleted now is deleted at the end, as if nothing had been tried.
  private static void deleteUnpacked() {
    try {
      Optional<Path> folder = unpacked();
      if (folder.isPresent()) {
        delete(folder.get());
      }
    } catch (IOException e) {
      System.getLogger(NativeRuntime.class.getName())
          .log(System.Logger.Level.DEBUG, "left for the end of this JVM", e);
    }
  }

  /** Where this JVM's libraries were unpacked to; empty if the system does not tell. */
  private static Optional<Path> unpacked() throws IOException {
    if (!Files.isReadable(LOADED)) {
      return Optional.empty();
    }
    return Files.readAllLines(LOADED).stream()
        .filter(line -> line.contains("/" + UNPACKED) && line.endsWith(".so"))
        .map(line -> Path.of(line.substring(line.indexOf('/'))).getParent())
        .filter(folder -> folder.getFileName().toString().startsWith(UNPACKED))
        .findFirst();
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
