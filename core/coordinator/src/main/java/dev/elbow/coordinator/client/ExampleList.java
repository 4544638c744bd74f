package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Answer to {@code GET /api/examples}: sweep files to start from.
 *
 * @param examples those that come with this release
 */
public record ExampleList(List<Example> examples) {
  public ExampleList {
    examples = List.copyOf(examples);
  }

  /**
   * A sweep file.
   *
   * @param name of the sweep
   * @param about its first sentence, for people
   * @param usable whether it could be submitted as it is: its data are here
   * @param reason why not; empty if it could
   * @param text of the file
   */
  public record Example(String name, String about, boolean usable, String reason, String text) {}
}
