/**
 * The compiler of training steps: from the description of a model to the text of one TorchScript
 * program that makes many steps, forward, gradients and optimizer. Plain text comes out; no tensor
 * library is needed to write it.
 */
package dev.elbow.trainer.program;
