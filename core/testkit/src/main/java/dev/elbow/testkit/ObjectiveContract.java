package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** What every objective keeps. Extend it, return the plugin, inherit the tests. */
public abstract class ObjectiveContract extends PluginContract<Objective> {
  private static final Shape IMAGE = Shape.of(1, 6, 5);
  private static final int LATENT = 3;

  /** For subclasses. */
  protected ObjectiveContract() {
    super(Objective.class);
  }

  /**
   * Options to check it with; by default one map without any, which checks the defaults. With each
   * of them, training must be able to change every parameter of encoder and decoder.
   */
  protected List<Map<String, Object>> variants() {
    return List.of(Map.of());
  }

  @TestFactory
  Stream<DynamicTest> itIsOneFigureForEachExample() {
    return onEach(given -> assertEquals(Shape.of(), vae(given).objective().shape()));
  }

  @TestFactory
  Stream<DynamicTest> equalOptionsGiveEqualDescriptions() {
    return onEach(
        given ->
            assertEquals(Structure.of(vae(given).training()), Structure.of(vae(given).training())));
  }

  @TestFactory
  Stream<DynamicTest> itsLikelihoodIsNamedAndFitsTheImage() {
    return onEach(
        given -> {
          Vae vae = vae(given);
          assertTrue(vae.likelihood().name().matches("[a-z]+(-[a-z]+)*"), vae.likelihood().name());
          assertEquals(Shape.of(), vae.reconstruction().shape());
          assertEquals(IMAGE, vae.xHat().shape());
        });
  }

  @TestFactory
  Stream<DynamicTest> itIsFinite() {
    return onEach(given -> new ModelChecks(vae(given)).objectiveIsFinite());
  }

  @TestFactory
  Stream<DynamicTest> gradientsReachEveryParameter() {
    return onEach(given -> new ModelChecks(vae(given)).gradientsReachEveryParameter());
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfAutomaticDifferentiation() {
    return onEach(
        given -> new ModelChecks(vae(given)).gradientsAreThoseOfAutomaticDifferentiation());
  }

  @TestFactory
  Stream<DynamicTest> onnxRuntimeComputesWhatTheEngineComputes(@TempDir Path folder) {
    return onEach(
        given ->
            new ModelChecks(vae(given))
                .onnxEqualsTheEngine(Files.createTempDirectory(folder, "onnx")));
  }

  private Stream<DynamicTest> onEach(ThrowingConsumer<Map<String, Object>> check) {
    return DynamicTest.stream(variants().iterator(), String::valueOf, check);
  }

  private Vae vae(Map<String, Object> given) {
    return Vae.describe(
        IMAGE,
        LATENT,
        PlainModels.encoder(),
        PlainModels.decoder(),
        new Vae.Part<>(plugin(), options(given)));
  }
}
