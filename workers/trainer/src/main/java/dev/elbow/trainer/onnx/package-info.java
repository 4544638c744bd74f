/**
 * From a trained model to ONNX files, and the proof that they compute what was trained: one more
 * back end of the description language, written with the protobuf classes of Tribuo.
 */
package dev.elbow.trainer.onnx;
