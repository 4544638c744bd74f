package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A contract that nothing can break would prove nothing. */
class ContractsTest {

  @Test
  void anEngineThatIsMissingIsAnErrorThatNamesIt() {
    IllegalStateException error = assertThrows(IllegalStateException.class, ReferenceEngine::find);
    assertTrue(error.getMessage().contains("elbow-trainer"), error::getMessage);
  }

  @Test
  void gradientsAndOnnxAreNeverPassedWithoutAnEngine() {
    EncoderContract contract = contractOf(new Sloppy());
    assertThrows(
        IllegalStateException.class,
        () -> contract.gradientsReachEveryParameter().toList().get(0).getExecutable().execute());
  }

  @Test
  void aPluginThatKeepsStateIsCaught() {
    assertThrows(AssertionError.class, contractOf(new Sloppy())::itKeepsNoState);
  }

  @Test
  void aPluginWithABadNameIsCaught() {
    assertThrows(
        AssertionError.class, contractOf(new Sloppy())::itsNameIsWrittenAsSweepFilesNeedIt);
  }

  @Test
  void aPluginThatServiceLoaderDoesNotFindIsCaught() {
    assertThrows(AssertionError.class, contractOf(new Sloppy())::itIsFoundByServiceLoader);
  }

  @Test
  void aNetworkThatChangesFromCallToCallIsCaught() {
    assertThrows(
        AssertionError.class,
        () ->
            contractOf(new Sloppy())
                .equalArgumentsGiveEqualDescriptions()
                .toList()
                .get(0)
                .getExecutable()
                .execute());
  }

  @Test
  void valuesOutOfRangeOfEveryTypeAreTried() {
    List<String> names =
        contractOf(new Sloppy()).valuesOutOfRangeAreRefused().map(t -> t.getDisplayName()).toList();
    assertTrue(names.contains("width: 0"), names::toString);
    assertTrue(names.contains("width: 11"), names::toString);
    contractOf(new Sloppy())
        .valuesOutOfRangeAreRefused()
        .forEach(test -> assertDoesNotThrow(() -> test.getExecutable().execute()));
  }

  @Test
  void structureTellsOperationsAndWiringApart() {
    Tensor x = Tensor.input("x", Shape.of(2), "");
    Tensor y = Tensor.input("y", Shape.of(2), "");
    Structure difference = Structure.of(Graph.of(x.times(y).plus(x)));
    assertEquals(difference, Structure.of(Graph.of(x.times(y).plus(x))));
    assertNotEquals(difference, Structure.of(Graph.of(x.times(y).plus(y))));
    assertNotEquals(difference, Structure.of(Graph.of(x.times(y).times(x))));
  }

  @Test
  void gradientsThatAreMissingZeroOrNoNumbersAreCaught() {
    Vae vae = PlainModels.vae(Shape.of(1, 2, 2), 2);
    assertDoesNotThrow(checks(vae, 1, "")::gradientsReachEveryParameter);
    AssertionError zero =
        assertThrows(AssertionError.class, checks(vae, 0, "")::gradientsReachEveryParameter);
    assertTrue(zero.getMessage().contains("never change it"), zero::getMessage);
    assertThrows(AssertionError.class, checks(vae, Float.NaN, "")::gradientsReachEveryParameter);
    assertThrows(
        AssertionError.class, checks(vae, 1, "decoder.output.bias")::gradientsReachEveryParameter);
  }

  @Test
  void gradientsThatAutomaticDifferentiationDoesNotFindAreCaught() {
    Vae vae = PlainModels.vae(Shape.of(1, 2, 2), 2);
    AssertionError wrong =
        assertThrows(
            AssertionError.class, checks(vae, 7, "")::gradientsAreThoseOfAutomaticDifferentiation);
    assertTrue(wrong.getMessage().contains("differs"), wrong::getMessage);
  }

  /** Checks of an engine that gives {@code value} for every gradient except the one left out. */
  private static ModelChecks checks(Vae vae, float value, String leftOut) {
    return new ModelChecks(
        vae,
        new ReferenceEngine() {
          @Override
          public List<float[]> compute(
              List<Tensor> outputs,
              Map<String, float[]> parameters,
              Map<Tensor, float[]> given,
              int batch,
              long step) {
            throw new AssertionError("not asked for");
          }

          @Override
          public Map<String, float[]> gradients(
              Vae vae,
              Map<String, float[]> parameters,
              float[] x,
              float[] eps,
              int batch,
              long step) {
            Map<String, float[]> gradients = new HashMap<>(parameters);
            gradients.replaceAll((name, old) -> filled(old.length, value));
            gradients.remove(leftOut);
            return gradients;
          }

          @Override
          public Map<String, float[]> automaticGradients(
              Vae vae,
              Map<String, float[]> parameters,
              float[] x,
              float[] eps,
              int batch,
              long step) {
            return parameters;
          }

          @Override
          public void export(Vae vae, Map<String, float[]> parameters, Path folder) {
            throw new AssertionError("not asked for");
          }
        });
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }

  private static EncoderContract contractOf(Encoder encoder) {
    return new EncoderContract() {
      @Override
      protected Encoder plugin() {
        return encoder;
      }
    };
  }

  /** Breaks what it can. */
  private static final class Sloppy implements Encoder {
    private int calls;

    @Override
    public String name() {
      return "Sloppy Encoder";
    }

    @Override
    public String description() {
      return "Breaks what it can.";
    }

    @Override
    public List<Option> options() {
      return List.of(Option.whole("width", 1, 10, 1, "Units."));
    }

    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      calls++;
      Tensor h = images.flatten().linear("h", calls);
      return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
    }
  }
}
