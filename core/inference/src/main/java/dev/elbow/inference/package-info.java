/** Reads exported models and runs them. Needs nothing but ONNX Runtime. */
package dev.elbow.inference;
