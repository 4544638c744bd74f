package dev.elbow.acceptance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the sources show, of the product and of its tests. */
class SourcesTest {
  private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern VAGUE =
      Pattern.compile(".*(Manager|Helper|Utils?|Utilities|Impl|Common)\\.java");

  private static final List<String> PARTS = List.of("core", "plugins", "workers", "deploy");

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    Map<String, Set<String>> files = filesByPackage();
    List<String> silent =
        files.keySet().stream()
            .filter(name -> !files.get(name).contains("package-info.java"))
            .toList();
    assertEquals(List.of(), silent, "packages without a package-info.java");
  }

  @Test
  void aNameSaysWhatAClassIsAndNotThatItHelps() throws IOException {
    List<String> vague =
        filesByPackage().values().stream()
            .flatMap(Set::stream)
            .filter(VAGUE.asMatchPredicate())
            .toList();
    assertEquals(List.of(), vague, "names that say nothing");
  }

  @Test
  void everyModuleSaysWhatItIsFor() throws IOException {
    List<Path> silent =
        modules().stream().filter(module -> !Files.exists(module.resolve("README.md"))).toList();
    assertEquals(List.of(), silent, "modules without a README.md");
  }

  private static List<Path> modules() throws IOException {
    List<Path> modules = new ArrayList<>();
    for (String part : PARTS) {
      try (Stream<Path> children = Files.list(PROJECT.resolve(part))) {
        children.filter(child -> Files.exists(child.resolve("pom.xml"))).forEach(modules::add);
      }
    }
    assertFalse(modules.isEmpty(), () -> "no modules below " + PROJECT);
    return modules;
  }

  private static Map<String, Set<String>> filesByPackage() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path module : modules()) {
      files.addAll(javaFiles(module.resolve(SOURCES)));
      files.addAll(javaFiles(module.resolve(TESTS)));
    }
    assertFalse(files.isEmpty(), () -> "no sources below " + PROJECT);
    return files.stream()
        .collect(
            groupingBy(
                file -> file.getParent().toString().replace(File.separatorChar, '.'),
                TreeMap::new,
                mapping(file -> file.getFileName().toString(), toCollection(TreeSet::new))));
  }

  /** Paths below {@code root}, so that a package is the same in the product and in its tests. */
  private static List<Path> javaFiles(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).map(root::relativize).toList();
    }
  }
}
