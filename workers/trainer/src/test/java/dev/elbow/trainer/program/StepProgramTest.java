package dev.elbow.trainer.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Schedule;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.onnx.Models;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepProgramTest {
  private static final Training ADAM = training(Map.of());
  private static final Training SGD = training(Map.of("optimizer", "sgd"));
  private static final Training BF16 = training(Map.of("precision", "bf16"));

  private final Tensor x = Tensor.input("x", Shape.of(6), "");
  private final Tensor eps = Tensor.input("eps", Shape.of(1), "");

  @Test
  void trialsOfOneStructureShareOneText() {
    String text = StepProgram.of(weighted(step -> 1), ADAM).text();
    assertEquals(text, StepProgram.of(weighted(at -> 0.1 * at.step()), ADAM).text());
    Training other =
        training(Map.of("optimizer", Map.of("name", "adam", "betas", List.of(0.5, 0.9))));
    assertEquals(text, StepProgram.of(weighted(step -> 1), other).text());
    assertNotEquals(text, StepProgram.of(weighted(step -> 1), SGD).text());
    String larger = StepProgram.of(Models.dense(Shape.of(1, 4, 4), 7, 2), ADAM).text();
    assertNotEquals(StepProgram.of(Models.dense(Shape.of(1, 4, 4), 6, 2), ADAM).text(), larger);
  }

  private Vae weighted(Schedule beta) {
    Tensor y = x.linear("a", 3).square().sum();
    return vae(y.times(Tensor.scheduled("beta", beta)), y);
  }

  @Test
  void everyParameterHasOnePlace() {
    Vae vae = Models.convolutional(Shape.of(2, 6, 6), 3);
    List<Parameter> layout = StepProgram.of(vae, ADAM).layout();
    assertEquals(new HashSet<>(vae.training().parameters()), new HashSet<>(layout));
    assertEquals(vae.training().parameters().size(), layout.size());
  }

  @Test
  void layersOnOneInputLieSideBySideAndAreOneProduct() {
    StepProgram program = StepProgram.of(Models.dense(Shape.of(1, 4, 4), 6, 3), ADAM);
    List<String> names = program.layout().stream().map(Parameter::name).toList();
    int mu = names.indexOf("encoder.mu.weight");
    assertEquals("encoder.logvar.weight", names.get(mu + 1));
    assertEquals(4, program.text().lines().filter(line -> line.contains("addmm(")).count());
  }

  @Test
  void whatHasNoGradientLiesBehindWhatTheUpdateChanges() {
    Tensor measured = x.linear("measured", 2).sum();
    Tensor learnt = x.linear("learnt", 3).square().sum();
    StepProgram program = StepProgram.of(vae(learnt, measured), ADAM);
    assertEquals(3 * 6 + 3, program.learning());
    assertEquals(
        List.of("learnt.weight", "learnt.bias", "measured.weight", "measured.bias"),
        program.layout().stream().map(Parameter::name).toList());
  }

  @Test
  void aValueIsWrittenOverOnlyAfterItsLastUse() {
    Tensor h = x.linear("a", 3);
    String last = StepProgram.of(vae(h.relu().sum(), h.relu().sum()), ADAM).text();
    assertTrue(last.contains(".relu_()"), last);
    String again = StepProgram.of(vae(h.relu().sum(), h.sum()), ADAM).text();
    assertFalse(again.contains(".relu_()"), again);
    assertTrue(again.contains("torch.relu("), again);
  }

  @Test
  void theLossOfPixelsAndItsGradientShareOneSigmoid() {
    Tensor logits = x.linear("a", 6);
    Tensor loss = Likelihood.bernoulli().negativeLogLikelihood(logits, x);
    String text = StepProgram.of(vae(loss, loss), ADAM).text();
    assertEquals(1, text.lines().filter(line -> line.contains("sigmoid")).count());
    assertFalse(text.contains("softplus"), text);
  }

  private static Training training(Map<String, ?> options) {
    return new Training(Options.check(Training.declared(), options).orThrow());
  }

  @Test
  void onlyLargeProductsAreMadeInBf16() {
    String text = StepProgram.of(Models.dense(Shape.of(1, 28, 28), 400, 20), BF16).text();
    assertEquals(2, text.lines().filter(line -> line.contains("addmm(h")).count(), text);
    assertEquals(2, text.lines().filter(line -> line.contains("addmm(w")).count(), text);
    Vae small = Models.dense(Shape.of(1, 8, 8), 20, 2);
    assertEquals(StepProgram.of(small, ADAM).text(), StepProgram.of(small, BF16).text());
  }

  @Test
  void betweenTwoProductsInBf16NothingIsConverted() {
    Tensor h = x.linear("up", 400).relu().linear("first", 400).relu().linear("second", 300);
    String text = StepProgram.of(vae(h.sum(), eps.sum()), BF16).text();
    assertEquals(2, text.lines().filter(line -> line.contains("addmm(h")).count(), text);
    // One before the first, and one of the gradient that comes in behind the second.
    assertEquals(2, text.lines().filter(line -> line.contains(".to(dtype=15)")).count(), text);
  }

  private Vae vae(Tensor objective, Tensor reconstruction) {
    return new Vae(
        x,
        eps,
        eps,
        eps,
        eps,
        x,
        x,
        reconstruction,
        eps,
        eps.sum(),
        objective,
        Likelihood.bernoulli());
  }
}
