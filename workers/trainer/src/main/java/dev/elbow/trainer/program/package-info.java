/**
 * The compiler: from the description of a model to the text of one TorchScript program that makes
 * many training steps, forward, gradients and optimizer, and of one that measures images. Plain
 * text comes out; no tensor library is needed to write it.
 */
package dev.elbow.trainer.program;
