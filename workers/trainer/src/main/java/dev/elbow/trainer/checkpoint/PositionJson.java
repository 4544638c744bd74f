package dev.elbow.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.trainer.training.Totals;
import dev.elbow.trainer.training.TrainingPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A position as JSON; every number comes back exactly. */
final class PositionJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PositionJson() {}

  static ObjectNode write(TrainingPosition position) {
    ObjectNode node = JSON.objectNode().put("step", position.step());
    node.set("totals", write(position.totals()));
    ArrayNode evaluations = node.putArray("evaluations");
    position.evaluations().forEach(evaluation -> evaluations.add(write(evaluation)));
    return node;
  }

  static TrainingPosition read(JsonNode node) {
    List<Evaluation> evaluations = new ArrayList<>();
    node.required("evaluations").forEach(item -> evaluations.add(evaluation(item)));
    return new TrainingPosition(
        node.required("step").longValue(), totals(node.required("totals")), evaluations);
  }

  private static ObjectNode write(Totals totals) {
    return JSON.objectNode()
        .put("images", totals.images())
        .put("objective", totals.objective())
        .put("reconstruction", totals.reconstruction())
        .put("kl", totals.kl())
        .put("training_seconds", totals.trainingSeconds())
        .put("evaluation_seconds", totals.evaluationSeconds());
  }

  private static Totals totals(JsonNode node) {
    return new Totals(
        node.required("images").longValue(),
        number(node, "objective"),
        number(node, "reconstruction"),
        number(node, "kl"),
        number(node, "training_seconds"),
        number(node, "evaluation_seconds"));
  }

  private static ObjectNode write(Evaluation evaluation) {
    ObjectNode node =
        JSON.objectNode()
            .put("epoch", evaluation.epoch())
            .put("step", evaluation.step())
            .put("train_objective", evaluation.trainObjective())
            .put("seconds", evaluation.seconds())
            .put("images_per_second", evaluation.imagesPerSecond());
    node.set("train", write(evaluation.train()));
    evaluation.validation().ifPresent(losses -> node.set("validation", write(losses)));
    node.set("test", write(evaluation.test()));
    evaluation.klPerDimension().forEach(node.putArray("kl_per_dimension")::add);
    evaluation.muVariances().forEach(node.putArray("mu_variances")::add);
    return node;
  }

  private static Evaluation evaluation(JsonNode node) {
    return new Evaluation(
        node.required("epoch").intValue(),
        node.required("step").longValue(),
        number(node, "train_objective"),
        losses(node.required("train")),
        Optional.ofNullable(node.get("validation")).map(PositionJson::losses),
        losses(node.required("test")),
        numbers(node.required("kl_per_dimension")),
        numbers(node.required("mu_variances")),
        number(node, "seconds"),
        number(node, "images_per_second"));
  }

  private static ObjectNode write(Losses losses) {
    return JSON.objectNode().put("reconstruction", losses.reconstruction()).put("kl", losses.kl());
  }

  private static Losses losses(JsonNode node) {
    return new Losses(number(node, "reconstruction"), number(node, "kl"));
  }

  private static double number(JsonNode node, String name) {
    return node.required(name).doubleValue();
  }

  private static List<Double> numbers(JsonNode node) {
    List<Double> numbers = new ArrayList<>();
    node.forEach(item -> numbers.add(item.doubleValue()));
    return numbers;
  }
}
