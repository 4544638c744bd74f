/**
 * Models that were given names. They are copies, kept by the hash of their content below {@code
 * .registry} of the results folder, which neither {@code delete} nor {@code prune} touches.
 */
package dev.elbow.coordinator.registry;
