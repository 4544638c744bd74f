package dev.elbow.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Plugins as outsiders build them: compiled from text, in a jar or a folder of their own. */
final class PluginJar {
  private static final String ENCODER =
      """
      package outside;

      import dev.elbow.api.network.Posterior;
      import dev.elbow.api.network.Tensor;
      import dev.elbow.api.plugin.Encoder;
      import dev.elbow.api.plugin.Option;
      import dev.elbow.api.plugin.Options;
      import java.util.List;

      public final class Outside implements Encoder {
        public String name() {
          NAME
        }

        public String description() {
          return "From outside.";
        }

        public List<Option> options() {
          return List.of();
        }

        public Posterior describe(Tensor images, int latent, Options options) {
          Tensor x = images.flatten();
          return new Posterior(x.linear("mu", latent), x.linear("logvar", latent));
        }
      }
      """;

  private PluginJar() {}

  /** Classes and service file of an encoder whose method {@code name()} has this body. */
  static Path writeFolder(Path folder, String bodyOfName) throws IOException {
    Path source = Files.createDirectories(folder.resolve("outside")).resolve("Outside.java");
    Files.writeString(source, ENCODER.replace("NAME", bodyOfName));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    if (failed != 0) {
      throw new IllegalArgumentException("does not compile: " + bodyOfName);
    }
    Files.delete(source);
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.elbow.api.plugin.Encoder"), "outside.Outside\n");
    return folder;
  }

  /** The same in a jar of version 1.2.3. */
  static Path write(Path jar, Path scratch, String bodyOfName) throws IOException {
    Path classes = writeFolder(Files.createTempDirectory(scratch, "classes"), bodyOfName);
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest())) {
      for (Path entry : files(classes)) {
        out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
        Files.copy(entry, out);
      }
    }
    return jar;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
    return manifest;
  }
}
