package dev.elbow.api;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How an attempt at a trial ended. */
public sealed interface TrialOutcome {
  /**
   * Trained to the end; the files are stored and verified.
   *
   * @param last the last evaluation
   * @param onnxMaxAbsError largest difference between the exported models and the trained one
   * @param seconds from start to end of the attempt
   * @param imagesPerSecond training images over the time in training steps, of the whole attempt
   * @param scores by column, only finite ones; null, which records of earlier releases have, is
   *     none
   */
  record Completed(
      Evaluation last,
      double onnxMaxAbsError,
      double seconds,
      double imagesPerSecond,
      Map<String, Double> scores)
      implements TrialOutcome {
    public Completed {
      requireNonNull(last, "last is null");
      scores = scores == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** One without scores. */
    public Completed(
        Evaluation last, double onnxMaxAbsError, double seconds, double imagesPerSecond) {
      this(last, onnxMaxAbsError, seconds, imagesPerSecond, Map.of());
    }
  }

  /**
   * Ended early because {@code reason}: a result, not an error.
   *
   * @param last the last evaluation; empty if there was none yet
   */
  record Stopped(Optional<Evaluation> last, String reason, double seconds)
      implements TrialOutcome {}

  /** Could not be trained; {@code kind} alone decides whether it is tried again. */
  record Failed(FailureKind kind, String message, double seconds) implements TrialOutcome {
    public Failed {
      requireNonNull(kind, "kind is null");
      requireNonNull(message, "message is null");
    }
  }
}
