package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a plugin, compiled against the API alone, as its own Maven build does. */
class OutsidePluginIT {
  private static final Path SOURCES = Path.of("..", "examples", "plugin", "src", "main");

  @TempDir Path folder;

  @Test
  void aJarInHomeIsListedAndTrains() throws Exception {
    Path plugins = Files.createDirectories(folder.resolve("home/plugins"));
    jar(compile(), plugins.resolve("wide-encoder-1.0.0.jar"));

    ElbowProcess.Ended listed = ElbowProcess.run(folder, "plugins", "wide", "--home", "home");
    assertEquals(0, listed.exitCode(), listed::toString);
    assertTrue(
        listed.out().matches("(?s).*encoder +wide +1\\.0\\.0 +wide-encoder-1\\.0\\.0\\.jar.*"));

    TinyImages.write(folder.resolve("data"));
    TinySweep.named("outside")
        .with("encoder", "{plugin: wide, width: 8}")
        .with("parameters", "{latent: 2}")
        .with("seeds", "[1]")
        .write(folder);
    ElbowProcess.Ended trained =
        ElbowProcess.run(folder, "run", "sweep.yaml", "--home", "home", "--data", "data");
    assertEquals(0, trained.exitCode(), trained::toString);
    assertTrue(trained.out().contains("trial 0001 completed"), trained::toString);
  }

  private Path compile() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-d", classes.toString(), "-cp", api().toString()));
    try (Stream<Path> sources = Files.walk(SOURCES.resolve("java"))) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(f -> arguments.add(f.toString()));
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, result, "the plugin does not compile against the API alone");
    return classes;
  }

  private static Path api() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("..", "cli", "target", "lib"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("elbow-api-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void jar(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.0.0");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      add(classes, out);
      add(SOURCES.resolve("resources"), out);
    }
  }

  private static void add(Path root, JarOutputStream out) throws IOException {
    List<Path> files;
    try (Stream<Path> walked = Files.walk(root)) {
      files = walked.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      out.putNextEntry(new JarEntry(root.relativize(file).toString()));
      Files.copy(file, out);
    }
  }
}
