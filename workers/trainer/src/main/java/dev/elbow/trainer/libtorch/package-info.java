/**
 * The engine on libtorch, through JavaCPP: eager operations, gradients by libtorch's autograd. No
 * other package knows libtorch, and none of its types leaves this one.
 */
package dev.elbow.trainer.libtorch;
