/**
 * Commands on exported models: ONNX files in, pictures and tables out. Nothing here needs a broker,
 * a coordinator or libtorch.
 */
package dev.elbow.cli.models;
