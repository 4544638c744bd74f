package dev.elbow.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path parent;
  private Path root;

  @BeforeEach
  void makeFolders() throws IOException {
    root = Files.createDirectories(parent.resolve("data"));
    Files.createDirectories(root.resolve("mnist"));
    Files.createDirectories(parent.resolve("data-of-others"));
    Files.writeString(parent.resolve("secret"), "secret");
  }

  private String refusal(String relative) {
    return assertThrows(DatasetException.class, () -> DataFolder.of(root).resolve(relative))
        .getMessage();
  }

  @Test
  void whatLiesBelowIsResolved() throws Exception {
    Path expected = root.resolve("mnist").toRealPath();
    assertEquals(expected, DataFolder.of(root).resolve("mnist"));
    assertEquals(expected, DataFolder.of(root).resolve("./mnist/../mnist/"));
    assertEquals(expected, DataFolder.of(root).resolve(root.resolve("mnist").toString()));
    assertEquals(root.toRealPath(), DataFolder.of(root).resolve("."));
  }

  @Test
  void aRelativeRootIsAsGoodAsAnAbsoluteOne() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    assertEquals(
        here.resolve("pom.xml").toRealPath(), DataFolder.of(Path.of(".")).resolve("pom.xml"));
    assertEquals(
        here.resolve("pom.xml").toRealPath(), DataFolder.of(Path.of("")).resolve("pom.xml"));
    Path around = Path.of("..", here.getFileName().toString());
    assertEquals(here.resolve("pom.xml").toRealPath(), DataFolder.of(around).resolve("pom.xml"));
  }

  @Test
  void whatLiesOutsideIsRefused() {
    for (String escape :
        new String[] {
          "..", "../secret", "mnist/../../secret", "../data-of-others", "/etc/passwd"
        }) {
      String message = refusal(escape);
      assertTrue(
          message.startsWith("'%s' lies outside the data folder ".formatted(escape)), message);
    }
  }

  @Test
  void linksThatLeadOutAreRefusedAndOthersAreNot() throws Exception {
    Files.createSymbolicLink(root.resolve("out"), parent.resolve("secret"));
    Files.createSymbolicLink(root.resolve("up"), parent);
    Files.createSymbolicLink(root.resolve("within"), root.resolve("mnist"));
    assertTrue(refusal("out").contains("lies outside"), refusal("out"));
    assertTrue(refusal("up/secret").contains("lies outside"), refusal("up/secret"));
    assertEquals(root.resolve("mnist").toRealPath(), DataFolder.of(root).resolve("within"));
  }

  @Test
  void aRootThatIsALinkIsFollowed() throws Exception {
    Path link = Files.createSymbolicLink(parent.resolve("link"), root);
    assertEquals(root.resolve("mnist").toRealPath(), DataFolder.of(link).resolve("mnist"));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertEquals("'nowhere' does not exist in the data folder " + root, refusal("nowhere"));
    assertEquals("'a\0b' is no path", refusal("a\0b"));
  }

  @Test
  void withoutAFolderEveryFileIsRefused() {
    DatasetException refused =
        assertThrows(DatasetException.class, () -> DataFolder.none().resolve("mnist"));
    assertEquals("'mnist' names a file, but no --data folder was given", refused.getMessage());
  }
}
