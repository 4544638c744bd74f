package dev.elbow.api.network;

/**
 * A description that cannot be built, for example a convolution larger than its image. The message
 * ends with the author's line.
 */
public final class DescriptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  DescriptionException(String problem, String origin) {
    super(origin.isEmpty() ? problem : problem + " (at " + origin + ")");
  }
}
