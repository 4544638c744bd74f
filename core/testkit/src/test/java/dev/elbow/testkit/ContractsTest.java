package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
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
