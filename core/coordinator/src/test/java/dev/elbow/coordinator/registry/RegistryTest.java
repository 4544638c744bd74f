package dev.elbow.coordinator.registry;

import static java.time.ZoneOffset.UTC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.coordinator.FileTree;
import dev.elbow.coordinator.client.RegisteredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {
  private static final String ORIGIN =
      """
      {"trial": {"sweep": "s", "number": 7}, "data": {"sha256": "cafe"},
       "versions": {"elbow": "0.1", "opset": 13}}
      """;

  private static final Instant NOW = Instant.parse("2030-01-02T03:04:05.678Z");

  @TempDir private Path results;
  private Registry registry;

  @BeforeEach
  void open() {
    registry = new Registry(results, Clock.fixed(NOW, UTC));
  }

  private Path trial(String number, String weights) throws IOException {
    Path folder = Files.createDirectories(results.resolve("s/trials").resolve(number));
    for (String file : List.of("encoder.onnx", "decoder.onnx", "vae.onnx")) {
      Files.writeString(folder.resolve(file), file + weights);
    }
    Files.writeString(folder.resolve("MODEL_CARD.md"), "# " + weights);
    Files.writeString(folder.resolve("trial.json"), ORIGIN);
    return folder;
  }

  private RegisteredModel promote(Path trial, String as) throws IOException, RegistryException {
    return registry.promote(trial, ModelName.parse(as));
  }

  @Test
  void aModelKeepsWhereItComesFromAndItsFilesWhateverBecomesOfTheTrial() throws Exception {
    Path trial = trial("0007", "a");
    RegisteredModel model = promote(trial, "digits");
    new FileTree(results.resolve("s")).delete();
    assertEquals(Optional.of(model), registry.find(ModelName.parse("digits")));
    assertEquals("digits:1", model.reference());
    assertEquals("s/0007", model.sweep() + "/" + model.trial());
    assertEquals("cafe", model.dataSha256());
    assertEquals("2030-01-02T03:04:05Z", model.promotedAt());
    assertEquals(Map.of("elbow", "0.1", "opset", "13"), model.versions());
    assertEquals(5, model.files().size());
    Path folder = registry.folder(model);
    assertEquals("vae.onnxa", Files.readString(folder.resolve("vae.onnx")));
    assertEquals(model.sha256(), folder.getFileName().toString());
    assertTrue(registry.isWhole(model));
    Files.writeString(folder.resolve("vae.onnx"), "other");
    assertFalse(registry.isWhole(model));
  }

  @Test
  void aVersionOfAReleaseThatKeptNoTimesIsRead() throws Exception {
    Path entry = results.resolve(".registry/names/digits/1/model.json");
    Files.createDirectories(entry.getParent());
    Files.writeString(
        entry,
        """
        {"name": "digits", "version": 1, "sha256": "beef", "sweep": "s", "trial": "0001",
         "data_sha256": "cafe", "versions": {}, "files": {}}
        """);
    assertEquals("", registry.find(ModelName.parse("digits")).orElseThrow().promotedAt());
  }

  @Test
  void versionsCountUpAndTheLatestIsMeantWhereNoneIsNamed() throws Exception {
    promote(trial("0001", "a"), "digits");
    RegisteredModel second = promote(trial("0002", "b"), "digits");
    RegisteredModel ninth = promote(trial("0003", "c"), "digits:9");
    RegisteredModel tenth = promote(trial("0004", "d"), "digits");
    assertEquals(List.of(2, 9, 10), List.of(second.version(), ninth.version(), tenth.version()));
    assertEquals(Optional.of(tenth), registry.find(ModelName.parse("digits")));
    assertEquals(Optional.of(second), registry.find(ModelName.parse("digits:2")));
    assertEquals(Optional.empty(), registry.find(ModelName.parse("digits:3")));
    assertEquals(Optional.empty(), registry.find(ModelName.parse("faces")));
  }

  @Test
  void aVersionIsNeverAnotherModelsAndTheSameModelIsTheSameVersion() throws Exception {
    Path first = trial("0001", "a");
    RegisteredModel model = promote(first, "digits:3");
    assertEquals(model, promote(first, "digits:3"));
    assertEquals(model, promote(first, "digits"));
    Path other = trial("0002", "b");
    String refused =
        assertThrows(RegistryException.class, () -> promote(other, "digits:3")).getMessage();
    assertTrue(refused.startsWith("digits:3 is another model already"), refused);
    assertEquals(List.of(model), registry.models());
  }

  @Test
  void equalModelsUnderTwoNamesAreKeptOnce() throws Exception {
    Path trial = trial("0001", "a");
    assertEquals(promote(trial, "digits").sha256(), promote(trial, "best").sha256());
    try (Stream<Path> contents = Files.list(results.resolve(".registry/content"))) {
      assertEquals(1, contents.count());
    }
    assertEquals(
        List.of("best:1", "digits:1"),
        registry.models().stream().map(RegisteredModel::reference).toList());
  }

  @Test
  void thoseWhoPromoteAtOnceGetVersionsOfTheirOwn() throws Exception {
    List<Path> trials = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      trials.add(trial("000" + i, "weights" + i));
    }
    List<Callable<RegisteredModel>> tasks = new ArrayList<>();
    trials.forEach(
        trial -> tasks.add(() -> new Registry(results).promote(trial, ModelName.parse("m"))));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Integer> versions = new ArrayList<>();
      for (Future<RegisteredModel> made : threads.invokeAll(tasks)) {
        versions.add(made.get().version());
      }
      assertEquals(
          IntStream.rangeClosed(1, 8).boxed().toList(), versions.stream().sorted().toList());
    } finally {
      threads.shutdownNow();
    }
    assertEquals(8, registry.models("m").size());
    assertEquals(8, registry.models().stream().map(RegisteredModel::sha256).distinct().count());
    try (Stream<Path> left = Files.walk(results.resolve(".registry"))) {
      assertTrue(left.noneMatch(path -> path.getFileName().toString().matches("\\..*-.*")));
    }
  }

  @Test
  void ofTwoWhoClaimOneVersionOneGetsIt() throws Exception {
    List<Callable<RegisteredModel>> tasks = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      Path trial = trial("000" + i, "weights" + i);
      tasks.add(() -> new Registry(results).promote(trial, ModelName.parse("m:1")));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    int refused = 0;
    try {
      for (Future<RegisteredModel> made : threads.invokeAll(tasks)) {
        try {
          assertEquals(1, made.get().version());
        } catch (java.util.concurrent.ExecutionException e) {
          assertEquals(RegistryException.class, e.getCause().getClass());
          refused++;
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(7, refused);
    assertTrue(registry.isWhole(registry.models().get(0)));
  }

  @Test
  void aFolderWithoutAModelIsRefusedAndNothingIsLeft() throws Exception {
    Path trial = trial("0001", "a");
    Files.delete(trial.resolve("vae.onnx"));
    String refused =
        assertThrows(RegistryException.class, () -> promote(trial, "digits")).getMessage();
    assertTrue(refused.contains("has no vae.onnx"), refused);
    Path odd = trial("0002", "a");
    Files.writeString(odd.resolve("trial.json"), "{}");
    assertThrows(RegistryException.class, () -> promote(odd, "digits"));
    assertFalse(Files.exists(results.resolve(".registry")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Digits", "-a", "a:0", "a:01", "a:b", "a:", "a/b", "a:1:2", "ä", ".."})
  void whatIsNoNameIsRefused(String text) {
    assertFalse(ModelName.isOne(text));
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelName.parse(text)).getMessage();
    assertTrue(message.startsWith("found '" + text + "', expected NAME"), message);
  }
}
