package dev.elbow.trainer.onnx;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.FailureKind;

/** A trained model that cannot be handed out as ONNX files. The message holds the figures. */
public final class ExportException extends Exception {
  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  /** An export that failed for a reason of {@code kind}. */
  public ExportException(FailureKind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind is null");
  }

  /**
   * {@link FailureKind#ONNX_MISMATCH} where the files compute something else than the engine,
   * {@link FailureKind#INVALID_PARAMETERS} where the model has no place in an ONNX file.
   */
  public FailureKind kind() {
    return kind;
  }
}
