/** Reads exported models, runs them, and draws their images. Needs nothing but ONNX Runtime. */
package dev.elbow.inference;
