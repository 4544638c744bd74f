package dev.elbow.messaging;

import java.util.Map;

/**
 * What is read, and how.
 *
 * @param consumer Kafka's settings; without a group, so {@code auto.offset.reset} says where it
 *     begins
 * @param figures where the consumer's are shown
 */
record ReaderSettings(String topic, Map<String, String> consumer, ClientFigures.Use figures) {}
