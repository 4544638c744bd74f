package dev.elbow.inference;

/**
 * The version of the exported models: which files there are, their inputs and outputs, their opset
 * and what their metadata says. Whoever reads models of some version reads every later one of the
 * same first number.
 */
public final class ModelVersion {
  /** In this release. */
  public static final String CURRENT = "1.1.0";

  private ModelVersion() {}
}
