package dev.elbow.cli.models;

import dev.elbow.inference.ImageLosses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The table of scores as it grows, and what is told of it. */
final class Scores {
  private final Set<String> anomalous;
  private final OptionalDouble threshold;
  private final List<Double> ofNormal = new ArrayList<>();
  private final List<Double> ofAnomalous = new ArrayList<>();
  private int above;
  private int unlabelled;

  /**
   * @param anomalous labels of images that are anomalies; empty if nobody wants to know
   * @param threshold above which an image counts as one; empty if there is none
   */
  Scores(Set<String> anomalous, OptionalDouble threshold) {
    this.anomalous = Set.copyOf(anomalous);
    this.threshold = threshold;
  }

  String header() {
    return "name,label,reconstruction,kl,score" + (threshold.isPresent() ? ",anomaly" : "") + "\n";
  }

  String rows(ImageBatch batch, ImageLosses losses, double[] scores) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < batch.count(); i++) {
      Optional<String> label = batch.labels().get(i);
      count(label, scores[i]);
      rows.append(CodeTable.quoted(batch.names().get(i))).append(',');
      rows.append(label.map(CodeTable::quoted).orElse(""));
      rows.append(',').append((float) losses.reconstruction()[i]);
      rows.append(',').append((float) losses.kl()[i]);
      rows.append(',').append((float) scores[i]);
      if (threshold.isPresent()) {
        rows.append(',').append(scores[i] > threshold.getAsDouble());
      }
      rows.append('\n');
    }
    return rows.toString();
  }

  private void count(Optional<String> label, double score) {
    above += threshold.isPresent() && score > threshold.getAsDouble() ? 1 : 0;
    unlabelled += label.isEmpty() ? 1 : 0;
    label.ifPresent(known -> (anomalous.contains(known) ? ofAnomalous : ofNormal).add(score));
  }

  /** Refuses to tell a curve's area where one of its sides is missing. */
  void check() throws RefusedImages {
    if (!anomalous.isEmpty() && (unlabelled > 0 || ofNormal.isEmpty() || ofAnomalous.isEmpty())) {
      throw new RefusedImages(
          List.of(
              "--anomalous: found %,d images with these labels, %,d with others and %,d without any; expected some of the first two and none without"
                  .formatted(ofAnomalous.size(), ofNormal.size(), unlabelled)));
    }
  }

  private OptionalDouble areaUnderCurve() {
    return anomalous.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Ranking.areaUnderCurve(values(ofNormal), values(ofAnomalous)));
  }

  private static double[] values(List<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (threshold.isPresent()) {
      facts.put("threshold", threshold.getAsDouble());
      facts.put("anomalies", above);
    }
    areaUnderCurve().ifPresent(area -> facts.put("auroc", area));
    return facts;
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    threshold.ifPresent(
        value -> sentences.add("; %,d lie above the threshold %.4f".formatted(above, value)));
    areaUnderCurve()
        .ifPresent(
            area ->
                sentences.add(
                    "; AUROC %.4f for %,d anomalies among %,d"
                        .formatted(
                            area, ofAnomalous.size(), ofAnomalous.size() + ofNormal.size())));
    return sentences;
  }
}
