package dev.elbow.api.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.Vae;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AdversaryTest {
  private static final Tensor RATE = Tensor.scheduled("rate", at -> 1e-4);

  private final Tensor z = Tensor.input("z", Shape.of(3), Adversary.SCOPE);
  private final Tensor judged = z.linear("judge", 1).sum();

  /** A model whose objective has an adversary on its codes. */
  private record Judged(Function<ObjectiveTerms, Adversary> made)
      implements Encoder, Decoder, Objective {
    @Override
    public String name() {
      return "judged";
    }

    @Override
    public String description() {
      return "Set against another network.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      Tensor h = images.flatten();
      return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
    }

    @Override
    public Tensor describe(Tensor codes, Shape image, Options options) {
      return codes.linear("out", (int) image.size()).reshape(image.toArray());
    }

    @Override
    public Likelihood likelihood(Options options) {
      return Likelihood.bernoulli();
    }

    @Override
    public Tensor describe(ObjectiveTerms terms, Options options) {
      return terms.reconstruction();
    }

    @Override
    public Optional<Adversary> adversary(ObjectiveTerms terms, Options options) {
      return Optional.of(made.apply(terms));
    }
  }

  private static Vae vae() {
    Judged judged =
        new Judged(
            terms -> {
              Tensor told = terms.z().linear("judge", 1).sum();
              return new Adversary(told.scale(2), told.softplus(), RATE, 0.5, 0.9);
            });
    Options none = new Options(Map.of());
    return Vae.describe(
        Shape.of(1, 2, 2),
        3,
        new Vae.Part<>(judged, none),
        new Vae.Part<>(judged, none),
        new Vae.Part<>(judged, none));
  }

  @Test
  void itsLayersAreTrainedAndAreNoPartOfTheModel() {
    List<String> own = List.of("adversary.judge.weight", "adversary.judge.bias");
    List<String> all = names(vae().training().state());
    assertEquals(8, all.size());
    assertEquals(own, all.stream().filter(own::contains).toList());
    assertEquals(6, vae().model().size());
    assertEquals(List.of(), names(vae().model()).stream().filter(own::contains).toList());
  }

  private static List<String> names(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::name).toList();
  }

  @Test
  void theModelMinimisesWhatItIsChargedToo() {
    Vae vae = vae();
    assertEquals(
        List.of(vae.reconstruction(), vae.adversary().get().penalty()), vae.objective().inputs());
    assertEquals(
        List.of(vae.adversary().get().loss(), RATE), vae.training().outputs().subList(3, 5));
    assertEquals(Optional.empty(), vae.codeWeight());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused(
        "adversary: penalty has shape [3], expected []",
        () -> new Adversary(z, judged, RATE, 0.5, 0.9));
    assertRefused(
        "adversary: learningRate is there for each example, expected the batch",
        () -> new Adversary(judged, judged, judged, 0.5, 0.9));
    assertRefused(
        "adversary: beta1 is 1.0, expected a number from 0 up to, not including, 1",
        () -> new Adversary(judged, judged, RATE, 1, 0.9));
    assertRefused(
        "adversary: beta2 is NaN, expected a number from 0 up to, not including, 1",
        () -> new Adversary(judged, judged, RATE, 0.5, Double.NaN));
    assertRefused(
        "adversary: its loss depends on no layer named 'adversary.…', expected at least one built"
            + " on the terms that it is given",
        () -> new Adversary(judged, z.sum(), RATE, 0.5, 0.9));
  }

  private static void assertRefused(String message, Runnable made) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, made::run).getMessage());
  }
}
