package dev.elbow.api.score;

import java.util.Locale;

/** Which images a score is computed on. */
public enum ScoredPart {
  /** The declared test set. */
  TEST,
  /** The training images that a trial sets aside. */
  VALIDATION,
  /** The images that a trial is trained on. */
  TRAIN,
  /** The declared training and test sets together. */
  ALL;

  /**
   * The word in files and columns: {@code test}, {@code validation}, {@code train}, {@code all}.
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of that {@link #word}. */
  public static ScoredPart of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
