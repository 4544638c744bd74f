package dev.elbow.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.coordinator.client.UnreadableList;
import dev.elbow.coordinator.client.UnreadableList.UnreadableRecord;
import dev.elbow.messaging.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that cannot be read, kept where people can look at them. For one thread. */
final class Aside {
  private static final Logger LOG = LoggerFactory.getLogger(Aside.class);
  private static final int MOST = 100;
  private static final int MOST_BYTES = 4096;

  private final Deque<UnreadableRecord> latest = new ArrayDeque<>();
  private final Set<String> told = new HashSet<>();
  private long count;

  /** Keeps a record if it cannot be read. */
  void look(String topic, Delivery<?> delivery) {
    if (delivery instanceof Delivery.Unreadable<?> found) {
      keep(topic, found);
    }
  }

  private void keep(String topic, Delivery.Unreadable<?> found) {
    count++;
    int length = Math.min(MOST_BYTES, found.bytes().length);
    String content = new String(found.bytes(), 0, length, UTF_8);
    latest.addFirst(
        new UnreadableRecord(topic, found.offset(), found.key(), found.reason(), content));
    if (latest.size() > MOST) {
      latest.removeLast();
    }
    tell(topic, found);
  }

  // Once for each reason: a worker of another release writes such a record every two seconds.
  private void tell(String topic, Delivery.Unreadable<?> found) {
    if (told.size() < MOST && told.add(topic + " " + found.reason())) {
      LOG.error(
          "record {} of {} cannot be read and counts for nothing: {}; GET /api/unreadable has it",
          found.offset(),
          topic,
          found.reason());
    }
  }

  /** What was kept. */
  UnreadableList list() {
    return new UnreadableList(count, List.copyOf(latest));
  }
}
