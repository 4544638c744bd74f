package dev.elbow.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.network.Arithmetic;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VaeTest {
  private static final Shape IMAGE = Shape.of(1, 2, 2);
  private static final int LATENT = 3;

  /** Layers of the sizes that it is told, right or wrong. */
  private record Sized(int encoded, int height, boolean summed)
      implements Encoder, Decoder, Objective {
    @Override
    public String name() {
      return "sized";
    }

    @Override
    public String description() {
      return "Layers of the sizes that it is told.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      Tensor h = images.flatten();
      return new Posterior(h.linear("mu", encoded), h.linear("logvar", LATENT));
    }

    @Override
    public Tensor describe(Tensor z, Shape image, Options options) {
      return z.linear("out", height * 2).reshape(1, height, 2);
    }

    @Override
    public Likelihood likelihood(Options options) {
      return Likelihood.bernoulli();
    }

    @Override
    public Tensor describe(ObjectiveTerms terms, Options options) {
      return summed ? terms.reconstruction().plus(terms.kl().scale(2)) : terms.mu();
    }
  }

  /** Trains for many weights of the KL term. */
  private record Weighted(Sized one) implements Objective {
    @Override
    public String name() {
      return "weighted";
    }

    @Override
    public String description() {
      return "For many weights.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Likelihood likelihood(Options options) {
      return one.likelihood(options);
    }

    @Override
    public Optional<Condition.Beta> weights(Options options) {
      return Optional.of(new Condition.Beta(0.5, 2));
    }

    @Override
    public Tensor describe(ObjectiveTerms terms, Options options) {
      return one.describe(terms, options).times(terms.conditions().beta().orElseThrow());
    }
  }

  private static Vae vae(int encoded, int height, boolean summed) {
    Sized sized = new Sized(encoded, height, summed);
    Options none = new Options(Map.of());
    return Vae.describe(
        IMAGE,
        LATENT,
        new Vae.Part<>(sized, none),
        new Vae.Part<>(sized, none),
        new Vae.Part<>(sized, none));
  }

  private static double[] evaluate(Vae vae, Tensor output, double[] mu, double[] logvar) {
    Map<Tensor, double[]> given = new IdentityHashMap<>();
    given.put(vae.mu(), mu);
    given.put(vae.logvar(), logvar);
    given.put(vae.eps(), new double[] {1, -1, 0.5});
    return Graph.of(output).evaluate(new Arithmetic(), given).get(0);
  }

  @Test
  void itsCodeIsTheReparametrisedSample() {
    Vae vae = vae(LATENT, 2, true);
    assertArrayEquals(
        new double[] {2, -2, 3 + 0.5 * Math.exp(-1)},
        evaluate(vae, vae.z(), new double[] {1, 0, 3}, new double[] {0, 2 * Math.log(2), -2}),
        1e-12);
  }

  @Test
  void itsKlIsThatToTheStandardNormal() {
    Vae vae = vae(LATENT, 2, true);
    double[] mu = {0, 1, 0};
    double[] logvar = {0, 0, 1};
    double[] expected = {0, 0.5, 0.5 * (Math.E - 1 - 1)};
    assertArrayEquals(expected, evaluate(vae, vae.klPerDimension(), mu, logvar), 1e-12);
    assertEquals(expected[1] + expected[2], evaluate(vae, vae.kl(), mu, logvar)[0], 1e-12);
  }

  @Test
  void parametersAreScopedByTheirPart() {
    assertEquals(
        List.of(
            "encoder.mu.weight",
            "encoder.mu.bias",
            "encoder.logvar.weight",
            "encoder.logvar.bias",
            "decoder.out.weight",
            "decoder.out.bias"),
        vae(LATENT, 2, true).training().parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void aNetworkThatDoesNotReadTheWeightThatItIsTrainedForIsRefused() {
    Sized sized = new Sized(LATENT, 2, true);
    Options none = new Options(Map.of());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Vae.describe(
                    IMAGE,
                    LATENT,
                    new Vae.Part<>(sized, none),
                    new Vae.Part<>(sized, none),
                    new Vae.Part<>(new Weighted(sized), none)));
    assertTrue(e.getMessage().startsWith("encoder 'sized' does not read beta"), e.getMessage());
  }

  @Test
  void aModelThatReadsNoLabelIsToldNone() {
    assertEquals(List.of(), vae(LATENT, 2, true).conditions());
    assertEquals(0, vae(LATENT, 2, true).conditionSize());
  }

  @Test
  void aPartThatGivesAnotherShapeThanItMustIsNamed() {
    assertEquals(
        "encoder 'sized': mu has shape [4], expected [3]",
        assertThrows(IllegalArgumentException.class, () -> vae(4, 2, true)).getMessage());
    assertEquals(
        "decoder 'sized': logits has shape [1, 3, 2], expected [1, 2, 2]",
        assertThrows(IllegalArgumentException.class, () -> vae(LATENT, 3, true)).getMessage());
    assertEquals(
        "objective 'sized': the objective has shape [3], expected []",
        assertThrows(IllegalArgumentException.class, () -> vae(LATENT, 2, false)).getMessage());
  }
}
