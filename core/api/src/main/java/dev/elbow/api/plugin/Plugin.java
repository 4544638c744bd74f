package dev.elbow.api.plugin;

import java.util.List;

/**
 * A part that a sweep names: found by {@link java.util.ServiceLoader} under the interface of its
 * kind, with a public constructor without arguments.
 *
 * <p><b>Thread safety.</b> One instance serves all threads. It keeps no state; all it is told comes
 * as arguments.
 */
public interface Plugin {
  /**
   * The name that a sweep file uses: lower case letters, digits and hyphens, unique within the
   * kind.
   */
  String name();

  /** What it does, in one sentence, for {@code elbow plugins}. */
  String description();

  /** Its options in the order in which they are shown; empty if it has none. Always the same. */
  List<Option> options();
}
