package dev.elbow.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Exported models without the sigmoid that makes probabilities of logits. In single precision a
 * probability near 1 has lost the digits that tell how near, and from a logit of 17 on all of them;
 * a loss that is computed from it is off by a thousandth of a nat per image.
 */
public final class LogitModels {
  private static final List<String> FILES = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");
  private static final String IMAGES = "x_hat";
  private static final String NOTHING = "Identity";

  private LogitModels() {}

  /**
   * Writes the models of a trial with {@code x_hat} before its sigmoid, all else as it was.
   *
   * @param trial holds the three exported files
   * @param target an existing folder, to which files of the same names are written
   * @throws IOException if a file cannot be read or written, or its images come from no sigmoid
   */
  public static void write(Path trial, Path target) throws IOException {
    for (String file : FILES) {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(trial.resolve(file)));
      Files.write(target.resolve(file), changed(model, trial.resolve(file)).toByteArray());
    }
  }

  private static ModelProto changed(ModelProto model, Path file) throws IOException {
    if (model.getGraph().getOutputList().stream().noneMatch(o -> o.getName().equals(IMAGES))) {
      return model;
    }
    int last = sigmoid(model.getGraph(), file);
    NodeProto open = model.getGraph().getNode(last).toBuilder().setOpType(NOTHING).build();
    return model.toBuilder().setGraph(model.getGraph().toBuilder().setNode(last, open)).build();
  }

  /** The number of the node that the images come from. */
  private static int sigmoid(GraphProto graph, Path file) throws IOException {
    Optional<Integer> at = producer(graph, IMAGES);
    while (at.isPresent() && graph.getNode(at.get()).getOpType().equals(NOTHING)) {
      at = producer(graph, graph.getNode(at.get()).getInput(0));
    }
    return at.filter(node -> graph.getNode(node).getOpType().equals("Sigmoid"))
        .orElseThrow(() -> new IOException(file + ": x_hat comes from no sigmoid"));
  }

  private static Optional<Integer> producer(GraphProto graph, String value) {
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (graph.getNode(i).getOutputList().contains(value)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
