/** The table {@code results.csv}: written, read back, sorted by goal, averaged over seeds. */
package dev.elbow.coordinator.results;
