package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Answer to {@code GET /api/unreadable}: records of Kafka that this coordinator's release cannot
 * read. They count for nothing and hold up nothing; in their topic they stay as long as it keeps
 * them.
 *
 * @param count how many it has met since it was started, with those of the whole event log
 * @param latest the last ones, newest first
 */
public record UnreadableList(long count, List<UnreadableRecord> latest) {
  public UnreadableList {
    latest = List.copyOf(latest);
  }

  /**
   * One of them.
   *
   * @param topic where it is
   * @param offset its place there
   * @param key it was written under: mostly a trial, a sweep or a worker
   * @param reason what was found and what is expected
   * @param content how it begins, as text
   */
  public record UnreadableRecord(
      String topic, long offset, String key, String reason, String content) {}
}
