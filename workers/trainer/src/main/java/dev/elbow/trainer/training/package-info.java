/**
 * Trains one model from its first step to its last evaluation. What it computes depends on the
 * trial and its data alone: not on how often it is interrupted, nor on how many steps a call makes.
 */
package dev.elbow.trainer.training;
