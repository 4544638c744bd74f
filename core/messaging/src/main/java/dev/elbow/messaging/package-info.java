/**
 * What coordinator and workers say to each other through Kafka: the records, their wire format, the
 * queue and the log.
 */
package dev.elbow.messaging;
