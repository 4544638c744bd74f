package dev.elbow.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogIT {
  @TempDir private Path scratch;
  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectory(scratch.resolve("plugins"));
  }

  private Path jar(String file, String bodyOfName) throws IOException {
    return PluginJar.write(plugins.resolve(file), scratch, bodyOfName);
  }

  private String problems() {
    return assertThrows(PluginException.class, () -> Catalog.load(plugins).close()).getMessage();
  }

  @Test
  void aJarIsListedWithItsVersionPlaceAndHash() throws Exception {
    Path jar = jar("wide.jar", "return \"wide\";");
    try (Catalog catalog = Catalog.load(plugins)) {
      InstalledPlugin<?> plugin = catalog.plugins().get(0);
      assertEquals("encoder/wide", plugin.announced());
      assertEquals("1.2.3", plugin.version());
      assertEquals(jar.toString(), plugin.source());
      assertTrue(plugin.sha256().orElseThrow().matches("[0-9a-f]{64}"));
      assertEquals(List.of("wide"), catalog.names(Kind.ENCODER));
      assertEquals(List.of(), catalog.names(Kind.DECODER));
      assertTrue(catalog.find(Kind.ENCODER, "wide").isPresent());
      assertEquals(Optional.empty(), catalog.find(Kind.ENCODER, "narrow"));
    }
  }

  @Test
  void aFolderOfClassesAndAFolderOfJarsAreSourcesToo() throws Exception {
    PluginJar.writeFolder(plugins.resolve("classes"), "return \"a\";");
    PluginJar.write(plugins.resolve("jars/one.jar"), scratch, "return \"b\";");
    try (Catalog catalog = Catalog.load(plugins)) {
      assertEquals(List.of("a", "b"), catalog.names(Kind.ENCODER));
      assertEquals(Optional.empty(), catalog.plugins().get(0).sha256());
      assertEquals("unknown", catalog.plugins().get(0).version());
    }
  }

  @Test
  void aPluginSeesTheApiAndTheJdkAlone() throws Exception {
    jar("wide.jar", "return \"wide\";");
    try (Catalog catalog = Catalog.load(plugins)) {
      ClassLoader loader =
          catalog.find(Kind.ENCODER, "wide").orElseThrow().getClass().getClassLoader();
      assertSame(Encoder.class, loader.loadClass(Encoder.class.getName()));
      assertNotNull(loader.loadClass("java.util.List"));
      for (String hidden : List.of("org.slf4j.Logger", "dev.elbow.catalog.Catalog")) {
        assertNotNull(Class.forName(hidden));
        assertThrows(ClassNotFoundException.class, () -> loader.loadClass(hidden));
      }
    }
  }

  @Test
  void pluginsOfOneClassNameInTwoJarsDoNotMix() throws Exception {
    jar("a.jar", "return \"a\";");
    jar("b.jar", "return \"b\";");
    try (Catalog catalog = Catalog.load(plugins)) {
      assertEquals(List.of("a", "b"), catalog.names(Kind.ENCODER));
    }
  }

  @Test
  void twoOfOneNameAreRefusedWithBothPlaces() throws Exception {
    Path a = jar("a.jar", "return \"wide\";");
    Path b = jar("b.jar", "return \"wide\";");
    assertEquals(
        "encoder 'wide' is in %s and in %s; remove one of them".formatted(a, b), problems());
  }

  @Test
  void aJarThatCannotBeReadIsNamed() throws Exception {
    Path truncated = jar("truncated.jar", "return \"wide\";");
    byte[] bytes = Files.readAllBytes(truncated);
    Files.write(truncated, Arrays.copyOf(bytes, bytes.length / 2));
    Path text = Files.writeString(plugins.resolve("text.jar"), "no jar");
    assertTrue(problems().contains(truncated + ": cannot be read as a jar"), this::problems);
    assertTrue(problems().contains(text + ": cannot be read as a jar"), this::problems);
  }

  @Test
  void aServiceFileThatNamesNoClassIsAProblem() throws Exception {
    Path services = Files.createDirectories(plugins.resolve("empty/META-INF/services"));
    Files.writeString(services.resolve("dev.elbow.api.plugin.Encoder"), "outside.Missing\n");
    assertTrue(problems().contains("outside.Missing"), this::problems);
  }

  @Test
  void pluginsThatFailAreNamedAllAtOnce() throws Exception {
    jar("bad-name.jar", "return \"Wide Encoder\";");
    jar("no-name.jar", "return null;");
    jar("throws.jar", "throw new IllegalStateException(\"on fire\");");
    jar("needs-more.jar", "return org.slf4j.LoggerFactory.getLogger(\"x\").getName();");
    String problems = problems();
    assertTrue(problems.contains("'Wide Encoder', expected lower case letters"), problems);
    assertTrue(problems.contains("'null', expected lower case letters"), problems);
    assertTrue(problems.contains("on fire"), problems);
    assertTrue(problems.contains("org/slf4j/LoggerFactory"), problems);
    assertEquals(4, problems.lines().count(), problems);
  }

  @Test
  void whatIsNoPluginIsLeftAlone() throws Exception {
    Files.writeString(plugins.resolve("README.txt"), "Put plugin jars here.");
    try (Catalog catalog = Catalog.load(plugins);
        Catalog missing = Catalog.load(scratch.resolve("nowhere"))) {
      assertEquals(Catalog.ofClassPath().plugins(), catalog.plugins());
      assertEquals(catalog.plugins(), missing.plugins());
    }
  }
}
