package dev.elbow.trainer.files;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link TrialFiles} wrote.
 *
 * @param onnxMaxAbsError largest difference between the exported models and the trained one
 * @param sha256 of each file in lower-case hexadecimal, by file name, in alphabetical order
 */
public record WrittenFiles(double onnxMaxAbsError, Map<String, String> sha256) {
  public WrittenFiles {
    sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
  }
}
