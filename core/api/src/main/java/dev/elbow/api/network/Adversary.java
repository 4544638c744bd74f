package dev.elbow.api.network;

import java.util.List;

/**
 * A second network, which training sets against the model: it has an Adam optimizer and a loss of
 * its own, and what it tells is part of what the model minimises. In one step both learn from the
 * same values, each from its own figure alone: nothing of {@code penalty} changes the adversary,
 * nothing of {@code loss} the model. It is kept in checkpoints and is no part of the finished
 * model.
 *
 * @param penalty what the model minimises beside the objective, per example, {@code []}
 * @param loss what the adversary minimises, per example, {@code []}; training takes its mean over a
 *     batch
 * @param learningRate of the adversary, a figure of the whole batch: {@link Tensor#scheduled}, so
 *     that trials which differ in it share one program
 * @param beta1 of its Adam, in [0, 1)
 * @param beta2 of its Adam, in [0, 1); no weight decays and no gradient is clipped
 */
public record Adversary(
    Tensor penalty, Tensor loss, Tensor learningRate, double beta1, double beta2) {
  /** Of its Adam: keeps divisions from 0. */
  public static final double EPSILON = 1e-8;

  /** What the names of its layers begin with. */
  public static final String SCOPE = "adversary";

  public Adversary {
    requireShare("beta1", beta1);
    requireShare("beta2", beta2);
    requireFigure("penalty", penalty);
    requireFigure("loss", loss);
    requireFigure("learningRate", learningRate);
    if (!learningRate.population().equals(Population.BATCH)) {
      throw new IllegalArgumentException(
          "adversary: learningRate is there for %s, expected %s"
              .formatted(learningRate.population(), Population.BATCH));
    }
    if (Graph.of(loss).parameters().stream().noneMatch(Adversary::owns)) {
      throw new IllegalArgumentException(
          "adversary: its loss depends on no layer named '%s.…', expected at least one built on"
                  .formatted(SCOPE)
              + " the terms that it is given");
    }
  }

  /** Whether {@code parameter} is an adversary's. */
  public static boolean owns(Parameter parameter) {
    return parameter.name().startsWith(SCOPE + ".");
  }

  /** What training computes for it: its loss and its learning rate. */
  public List<Tensor> outputs() {
    return List.of(loss, learningRate);
  }

  private static void requireShare(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "adversary: %s is %s, expected a number from 0 up to, not including, 1"
              .formatted(what, value));
    }
  }

  private static void requireFigure(String what, Tensor value) {
    if (!value.shape().equals(Shape.of())) {
      throw new IllegalArgumentException(
          "adversary: %s has shape %s, expected %s".formatted(what, value.shape(), Shape.of()));
    }
  }
}
