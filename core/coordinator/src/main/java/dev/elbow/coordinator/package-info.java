/**
 * Sweeps in, trials out: the one place that expands sweeps, fills the queue, and decides what a
 * result is. State is a fold over the event log, so a restart is a replay.
 */
package dev.elbow.coordinator;
