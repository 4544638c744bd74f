package dev.elbow.messaging;

/**
 * The version of the records in Kafka's topics. The first number is the {@code v} of every record:
 * processes of the same first number read each other, and later ones whatever earlier ones have
 * written.
 */
public final class WireVersion {
  /** In this release. */
  public static final String CURRENT = Wire.VERSION + ".0.0";

  private WireVersion() {}
}
