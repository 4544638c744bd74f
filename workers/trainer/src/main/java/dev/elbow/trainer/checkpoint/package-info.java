/**
 * A trial in training, on disk: weights, what the optimizer remembers, and how far it has come. The
 * layout is safetensors, so that other programs read the weights.
 */
package dev.elbow.trainer.checkpoint;
