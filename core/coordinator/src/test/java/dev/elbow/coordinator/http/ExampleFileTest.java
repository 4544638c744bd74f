package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExampleFileTest {
  private static final Path EXAMPLES = Path.of("../../deploy/examples");

  @Test
  void theyAreThoseThatPeopleFindInTheExamplesFolder() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      Set<String> there =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".yaml"))
              .map(file -> file.replace(".yaml", ""))
              .collect(Collectors.toSet());
      assertEquals(there, Set.copyOf(ExampleFile.NAMES));
    }
    for (ExampleFile file : ExampleFile.all()) {
      assertEquals(Files.readString(EXAMPLES.resolve(file.name() + ".yaml")), file.text());
    }
  }

  @Test
  void saysWhatAnExampleIsAboutInItsFirstSentence() {
    ExampleFile file =
        new ExampleFile("x", "# Start here: no data\n# needed. And more.\n\nname: x\n");
    assertEquals("Start here: no data needed.", file.about());
    assertEquals(
        "As Higgins et al. 2017 have it.",
        new ExampleFile("x", "# As Higgins et al. 2017 have it. And more.\n").about());
    assertEquals("All of it", new ExampleFile("x", "# All of it\nname: x\n").about());
    assertEquals("", new ExampleFile("x", "name: x\n").about());
  }
}
