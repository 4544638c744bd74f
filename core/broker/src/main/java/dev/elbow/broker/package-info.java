/**
 * A Kafka broker inside this JVM: for runs on one machine, for tests, and, started once on each of
 * several machines, for a cluster without any other installation.
 */
package dev.elbow.broker;
