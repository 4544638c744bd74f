/**
 * The coordinator's HTTP port: questions and commands, a live stream, health and metrics. What it
 * answers are the records of {@link dev.elbow.coordinator.client}.
 */
package dev.elbow.coordinator.http;
