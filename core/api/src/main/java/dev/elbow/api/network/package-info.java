/**
 * The language in which encoders, decoders and objectives are described: immutable traced values
 * whose shapes are known while they are built. Back ends (shape check, training, ONNX) walk one
 * description through {@link dev.elbow.api.network.Rules}.
 */
package dev.elbow.api.network;
