package dev.elbow.trainer.onnx;

import dev.elbow.api.network.Shape;

/**
 * A value of an ONNX graph.
 *
 * @param name unique within the graph
 * @param shape of one example; a batch of them has one dimension more, in front, so that a figure
 *     per example is {@code [batch]}
 */
record Edge(String name, Shape shape) {}
