/**
 * The {@code elbow} command. Its {@code run} puts a Kafka broker, the coordinator and a worker into
 * this JVM; every other command talks to files alone.
 */
package dev.elbow.cli;
