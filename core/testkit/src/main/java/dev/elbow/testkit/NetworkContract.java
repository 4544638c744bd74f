package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.DescriptionException;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What encoders and decoders have in common. Package-private: adopt one of the two. */
abstract class NetworkContract<P extends Plugin> extends PluginContract<P> {
  private static final int LATENT = 3;

  /** Of the images that it is described for. */
  static final int CLASSES = 3;

  private final String scope;

  NetworkContract(Class<P> kind, String scope) {
    super(kind);
    this.scope = scope;
  }

  /** A model with the plugin as one part and a plain one as the other. */
  abstract Vae vae(Shape image, int latent, Options options, Vae.Part<Objective> objective);

  /** Shapes of images that it must be able to handle: 28, 32 and 64 pixels, grey and colour. */
  protected List<Shape> images() {
    return List.of(
        Shape.of(1, 28, 28), Shape.of(3, 28, 28), Shape.of(1, 32, 32), Shape.of(3, 64, 64));
  }

  /** Shapes that it must refuse, for example images too small for its strides; none by default. */
  protected List<Shape> refusedImages() {
    return List.of();
  }

  /**
   * Options to check it with; by default one map without any, which checks the defaults. {@link
   * #required} ones need not be repeated.
   */
  protected List<Map<String, Object>> variants() {
    return List.of(Map.of());
  }

  /**
   * Options to check it with where it is told the weight of the KL term and has to read it; none by
   * default.
   */
  protected List<Map<String, Object>> manyWeights() {
    return List.of();
  }

  @TestFactory
  Stream<DynamicTest> itsShapesFitEverySizeOfCode() {
    return onEach(
        model -> {
          for (int latent : new int[] {1, 2, 20}) {
            // describe() itself checks every shape that the contract promises.
            Vae vae = vae(model.image, latent, model.options, model.objective);
            assertEquals(model.image, vae.xHat().shape());
            assertEquals(Shape.of(latent), vae.mu().shape());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> equalArgumentsGiveEqualDescriptions() {
    return onEach(
        model ->
            assertEquals(
                Structure.of(model.describe().training()),
                Structure.of(model.describe().training())));
  }

  @TestFactory
  Stream<DynamicTest> itsParametersBearTheNameOfItsPart() {
    return onEach(
        model -> {
          List<String> names =
              model.describe().training().parameters().stream().map(Parameter::name).toList();
          assertTrue(
              names.stream().anyMatch(name -> name.startsWith(scope)),
              () -> "expected parameters below '%s', got %s".formatted(scope, names));
        });
  }

  @TestFactory
  Stream<DynamicTest> gradientsReachEveryParameter() {
    return onEach(model -> new ModelChecks(model.describe()).gradientsReachEveryParameter());
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfAutomaticDifferentiation() {
    return onEach(
        model -> new ModelChecks(model.describe()).gradientsAreThoseOfAutomaticDifferentiation());
  }

  @TestFactory
  Stream<DynamicTest> onnxRuntimeComputesWhatTheEngineComputes(@TempDir Path folder) {
    return each()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.toString(),
                    () ->
                        new ModelChecks(model.describe())
                            .onnxEqualsTheEngine(Files.createTempDirectory(folder, "onnx"))));
  }

  @TestFactory
  Stream<DynamicTest> anImageThatDoesNotFitIsRefusedWithItsSize() {
    return refusedImages().stream()
        .map(image -> new Model(image, Map.of(), PlainModels.objective()))
        .map(model -> DynamicTest.dynamicTest(model.toString(), () -> requireRefusal(model)));
  }

  private void requireRefusal(Model model) {
    DescriptionException refusal = assertThrows(DescriptionException.class, model::describe);
    assertTrue(refusal.getMessage().matches("(?s).*size [0-9]+.*"), refusal::getMessage);
    assertTrue(refusal.getMessage().matches("(?s).*\\.java:[0-9]+\\)"), refusal::getMessage);
  }

  private Stream<DynamicTest> onEach(Consumer<Model> check) {
    return each().map(m -> DynamicTest.dynamicTest(m.toString(), () -> check.accept(m)));
  }

  private Stream<Model> each() {
    Stream<Model> ofOne =
        images().stream().flatMap(image -> variants().stream().map(given -> model(image, given)));
    Stream<Model> ofMany =
        manyWeights().stream()
            .map(given -> new Model(images().get(0), given, PlainModels.weights()));
    return Stream.concat(ofOne, ofMany);
  }

  private Model model(Shape image, Map<String, Object> given) {
    return new Model(image, given, PlainModels.objective());
  }

  private final class Model {
    private final Shape image;
    private final Map<String, Object> given;
    private final Options options;
    private final Vae.Part<Objective> objective;

    Model(Shape image, Map<String, Object> given, Vae.Part<Objective> objective) {
      this.image = image;
      this.given = given;
      this.options = options(given);
      this.objective = objective;
    }

    Vae describe() {
      return vae(image, LATENT, options, objective);
    }

    @Override
    public String toString() {
      return given.isEmpty() ? image.toString() : image + " " + given;
    }
  }
}
