package dev.elbow.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir Path folder;
  private Path place;

  @BeforeEach
  void linkTwice() throws IOException {
    place = Files.createDirectories(folder.resolve("a place with blanks"));
    Files.createSymbolicLink(place.resolve("first"), ElbowProcess.launcher());
    Files.createSymbolicLink(place.resolve("elbow"), Path.of("first"));
  }

  @Test
  void startsThroughLinksFromAnyFolder() throws Exception {
    ElbowProcess.Ended ended = start(Map.of("JAVA_HOME", System.getProperty("java.home")));
    assertEquals(0, ended.exitCode(), ended::toString);
    assertTrue(ended.out().startsWith("elbow "), ended::toString);
  }

  @Test
  void refusesAJavaThatIsTooOldAndNamesIt() throws Exception {
    Path java = oldJava();
    ElbowProcess.Ended ended = start(Map.of("JAVA_HOME", java.toString()));
    assertEquals(3, ended.exitCode(), ended::toString);
    String expected = java + "/bin/java is Java 11.0.2; Elbow needs 17 or newer";
    assertTrue(ended.err().contains(expected), ended::toString);
  }

  @Test
  void saysThatJavaHomeLeadsNowhere() throws Exception {
    ElbowProcess.Ended ended = start(Map.of("JAVA_HOME", folder.resolve("gone").toString()));
    assertEquals(3, ended.exitCode(), ended::toString);
    assertTrue(ended.err().contains("JAVA_HOME is " + folder.resolve("gone")), ended::toString);
  }

  @Test
  void startsWhereTheSavedClassesAreUseless() throws Exception {
    Path built = ElbowProcess.launcher().toRealPath().resolveSibling("cli").resolve("target");
    Path copy = Files.createDirectories(folder.resolve("copy/deploy/cli/target"));
    for (String name : List.of("elbow-cli.jar", "lib")) {
      Files.createSymbolicLink(copy.resolve(name), built.resolve(name));
    }
    String java = System.getProperty("java.version");
    Files.write(copy.resolve("classes-" + java + ".jsa"), new byte[100_000]);
    place = Files.createDirectories(folder.resolve("copy/deploy"));
    Files.copy(ElbowProcess.launcher(), place.resolve("elbow"));
    ElbowProcess.Ended ended = start(Map.of("JAVA_HOME", System.getProperty("java.home")));
    assertEquals(0, ended.exitCode(), ended::toString);
    assertTrue(ended.out().startsWith("elbow "), ended::toString);
    assertEquals("", ended.err());
  }

  @Test
  void savesTheClassesOfWhatMavenHasBuilt() throws Exception {
    Path built = ElbowProcess.launcher().toRealPath().resolveSibling("cli").resolve("target");
    Path classes = built.resolve("classes-" + System.getProperty("java.version") + ".jsa");
    assertTrue(Files.size(classes) > 1_000_000, "what all these tests start with");
    FileTime saved = Files.getLastModifiedTime(classes);
    assertTrue(saved.compareTo(Files.getLastModifiedTime(built.resolve("elbow-cli.jar"))) > 0);
  }

  @Test
  void startsFromAReleaseThatHasNoSources() throws Exception {
    Path built = ElbowProcess.launcher().toRealPath().resolveSibling("cli").resolve("target");
    Path release = Files.createDirectories(folder.resolve("elbow 1.0/bin")).getParent();
    for (String name : List.of("elbow-cli.jar", "lib")) {
      Files.createSymbolicLink(release.resolve(name), built.resolve(name));
    }
    place = release.resolve("bin");
    Files.copy(ElbowProcess.launcher(), place.resolve("elbow"));
    Map<String, String> environment =
        Map.of("JAVA_HOME", System.getProperty("java.home"), "ELBOW_BUILD", "");
    ElbowProcess.Ended ended = start(environment);
    assertEquals(0, ended.exitCode(), ended::toString);
    assertTrue(ended.out().startsWith("elbow "), ended::toString);
    assertEquals("", ended.err());
    try (Stream<Path> files = Files.list(release)) {
      assertEquals(3, files.count(), "what is over in a second leaves nothing behind");
    }
  }

  @Test
  void unpacksNothingOutsideOfTheFolderForNativeLibraries() throws Exception {
    Path natives = folder.resolve("natives of mine");
    ElbowProcess.Ended ended =
        start(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "ELBOW_NATIVES", natives.toString(),
                "ELBOW_JAVA_OPTS", "-XshowSettings:properties"));
    assertEquals(0, ended.exitCode(), ended::toString);
    assertTrue(Files.isDirectory(natives.resolve("tmp")));
    assertTrue(ended.err().contains("java.io.tmpdir = " + natives + "/tmp"), ended::toString);
    String unpacked = "org.bytedeco.javacpp.cachedir = " + natives + "/javacpp";
    assertTrue(ended.err().contains(unpacked), ended::toString);
  }

  private Path oldJava() throws IOException {
    Path java = Files.createDirectories(folder.resolve("java 11/bin")).getParent();
    Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
    Path program = Files.writeString(java.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
    assertTrue(program.toFile().setExecutable(true));
    return java;
  }

  private ElbowProcess.Ended start(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(place.resolve("elbow").toString(), "--version"));
    builder.directory(place.toFile());
    builder.environment().put("ELBOW_BUILD", "never");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new ElbowProcess.Ended(process.waitFor(), out, err);
  }
}
