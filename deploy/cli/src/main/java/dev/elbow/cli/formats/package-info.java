/**
 * Exported models in other formats: smaller weights, integer arithmetic, a batch of one size. Each
 * is a rewriting of an ONNX graph that any model of Elbow can be put through.
 */
package dev.elbow.cli.formats;
