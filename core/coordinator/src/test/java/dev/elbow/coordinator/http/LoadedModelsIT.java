package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.inference.ModelException;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedModelsIT {
  private static final List<Integer> TRIALS = List.of(1, 2, 3);

  @TempDir private Path results;
  private final LoadedModels models = new LoadedModels(2);

  @BeforeEach
  void putModels() throws IOException {
    for (int trial : TRIALS) {
      GoldenModel.copyTo(folder(trial));
    }
  }

  @AfterEach
  void close() {
    models.close();
  }

  private Path folder(int trial) {
    return results.resolve(String.valueOf(trial));
  }

  private <T> T ask(int trial, Function<VaeModel, T> question) {
    try {
      return models.ask(folder(trial).resolve("vae.onnx"), question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VaeModel model(int trial) {
    return ask(trial, Function.identity());
  }

  private static int images(VaeModel model) {
    return model.decode(new float[2]).length / GoldenModel.IMAGE_SIZE;
  }

  private static void assertClosed(VaeModel model) {
    assertThrows(IllegalStateException.class, () -> images(model));
  }

  @Test
  void theOneThatWasAskedLongestAgoMakesRoom() {
    VaeModel first = model(1);
    VaeModel second = model(2);
    assertSame(first, model(1));
    VaeModel third = model(3);
    assertClosed(second);
    assertEquals(List.of(1, 1), List.of(images(first), images(third)));
    assertNotSame(second, model(2));
  }

  @Test
  void oneInUseIsNotClosedBeforeItsAnswer() {
    VaeModel used =
        ask(
            1,
            model -> {
              TRIALS.forEach(this::model);
              delete(folder(1).resolve("vae.onnx"));
              models.dropChanged();
              models.close();
              assertEquals(1, images(model));
              return model;
            });
    assertClosed(used);
  }

  @Test
  void oneWhoseFilesAreGoneIsClosed() {
    VaeModel first = model(1);
    VaeModel second = model(2);
    delete(folder(1).resolve("vae.onnx"));
    models.dropChanged();
    assertClosed(first);
    assertSame(second, model(2));
  }

  @Test
  void anotherModelInTheSamePlaceIsReadAnew() throws IOException {
    VaeModel first = model(1);
    delete(folder(1).resolve("vae.onnx"));
    GoldenModel.copyTo(folder(2));
    Files.copy(folder(2).resolve("vae.onnx"), folder(1).resolve("vae.onnx"));
    assertNotSame(first, model(1));
    assertClosed(first);
  }

  @Test
  void oneThatCannotBeReadIsTriedAgainTheNextTime() throws IOException {
    Path decoder = folder(1).resolve("decoder.onnx");
    Files.writeString(decoder, "no model");
    Path file = folder(1).resolve("vae.onnx");
    assertThrows(ModelException.class, () -> models.ask(file, VaeModel::latent));
    GoldenModel.copyTo(folder(1));
    assertEquals(1, images(model(1)));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
