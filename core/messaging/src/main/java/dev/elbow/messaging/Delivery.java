package dev.elbow.messaging;

/**
 * A record as it came out of a topic. One that cannot be read is a value like any other, so that it
 * can be kept aside and blocks nothing behind it.
 */
public sealed interface Delivery<T> {
  /** Its place in the topic, from 0, rising. */
  long offset();

  /** The key that it was written under; empty if there was none. */
  String key();

  /** A record that this release understands. */
  record Message<T>(long offset, String key, T value) implements Delivery<T> {}

  /**
   * A record that this release does not understand: damaged, foreign, or of a later release.
   *
   * @param bytes as they were found; not copied, so not to be changed
   * @param reason what was found and what is expected
   */
  record Unreadable<T>(long offset, String key, byte[] bytes, String reason)
      implements Delivery<T> {}
}
