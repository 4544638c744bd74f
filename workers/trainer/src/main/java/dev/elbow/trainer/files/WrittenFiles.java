package dev.elbow.trainer.files;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link TrialFiles} wrote.
 *
 * @param onnxMaxAbsError largest difference between the exported models and the trained one
 * @param scores of the exported models, by column; only finite ones
 * @param sha256 of each file in lower-case hexadecimal, by file name, in alphabetical order
 */
public record WrittenFiles(
    double onnxMaxAbsError, Map<String, Double> scores, Map<String, String> sha256) {
  public WrittenFiles {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
  }
}
