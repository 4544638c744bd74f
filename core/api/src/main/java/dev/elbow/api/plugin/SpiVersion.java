package dev.elbow.api.plugin;

/**
 * The version of what a plugin sees: every public type of {@code dev.elbow.api} and below. A plugin
 * that was compiled with some version works with every later one of the same first number.
 */
public final class SpiVersion {
  /** In this release. */
  public static final String CURRENT = "1.1.0";

  private SpiVersion() {}
}
