/**
 * The sweep file: from YAML or JSON to a checked sweep, with every problem at its line and column,
 * and from a sweep to its trials.
 */
package dev.elbow.coordinator.sweep;
