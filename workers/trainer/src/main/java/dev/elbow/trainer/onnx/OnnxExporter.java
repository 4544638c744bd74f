package dev.elbow.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.elbow.api.FailureKind;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Population;
import dev.elbow.api.network.Tensor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes ONNX models of a trained autoencoder: {@code encoder.onnx} from {@code x} to {@code mu} and
 * {@code logvar}, {@code decoder.onnx} from {@code z} to {@code x_hat}, {@code vae.onnx} from
 * {@code x} and {@code eps} to all four. Each also takes what its network is told beside these:
 * {@code label}, {@code beta}. Immutable.
 */
public final class OnnxExporter {
  /**
   * Read by ONNX Runtime from 1.6 on, in browsers, and by OpenCV; nothing here needs a newer one.
   */
  public static final int OPSET = 13;

  /** Version of the file format that goes with {@link #OPSET}. */
  public static final int IR_VERSION = 7;

  // Protobuf counts bytes in an int; a megabyte is left for everything but weights.
  private static final long LARGEST_WEIGHTS_BYTES = Integer.MAX_VALUE - (1L << 20);

  private static final String IMAGES = "images, each value in [0, 1]";
  private static final String MEAN_IMAGES = "mean of the likelihood";
  private static final String MU = "mean of the posterior";
  private static final String LOGVAR = "logarithm of the posterior's variance";

  private final Vae vae;
  private final Map<String, ByteString> weights;
  private final Map<String, String> metadata;

  /**
   * @param parameters values of every parameter of encoder and decoder, by name, in row-major order
   * @param metadata written into every model, in this order
   * @throws ExportException if the model cannot be exported: see {@link #requireExportable}
   */
  public OnnxExporter(Vae vae, Map<String, float[]> parameters, Map<String, String> metadata)
      throws ExportException {
    requireExportable(vae);
    this.vae = vae;
    this.weights = littleEndian(whole(vae).state(), parameters);
    this.metadata = new LinkedHashMap<>(metadata);
  }

  /**
   * Checks what can be known before training.
   *
   * @throws ExportException of kind {@link FailureKind#INVALID_PARAMETERS} if the weights do not
   *     fit into a file, of kind {@link FailureKind#PLUGIN_FAULT} if encoder or decoder use a value
   *     that an exported model does not have
   */
  public static void requireExportable(Vae vae) throws ExportException {
    long bytes = Math.multiplyExact(whole(vae).parameterCount(), (long) Float.BYTES);
    if (bytes > LARGEST_WEIGHTS_BYTES) {
      throw new ExportException(
          FailureKind.INVALID_PARAMETERS,
          "vae.onnx would hold %d bytes of weights, but an ONNX file holds at most %d; make the layers smaller"
              .formatted(bytes, LARGEST_WEIGHTS_BYTES));
    }
    for (Tensor tensor : whole(vae).order()) {
      requireExportable(vae, tensor);
    }
  }

  private static void requireExportable(Vae vae, Tensor tensor) throws ExportException {
    boolean known = tensor == vae.x() || tensor == vae.eps();
    if (tensor.op() instanceof Op.Scheduled scheduled) {
      throw new ExportException(
          FailureKind.PLUGIN_FAULT,
          "scheduled '%s' changes from step to step; only an objective may use it, not an encoder or a decoder"
              .formatted(scheduled.name()));
    }
    if (!tensor.population().equals(Population.EXAMPLES) || isOverBatch(tensor.op())) {
      throw new ExportException(
          FailureKind.PLUGIN_FAULT,
          "%s looks at more than one example; only an objective may, not an encoder or a decoder"
              .formatted(tensor.op()));
    }
    if (tensor.op() instanceof Op.Input input && !known) {
      throw new ExportException(
          FailureKind.PLUGIN_FAULT,
          "encoder or decoder use an input '%s' of their own, expected x, eps and z alone"
              .formatted(input.name()));
    }
  }

  private static boolean isOverBatch(Op op) {
    return op instanceof Op.BatchMean || op instanceof Op.Over;
  }

  private static Graph whole(Vae vae) {
    return Graph.of(vae.xHat(), vae.mu(), vae.logvar(), vae.z());
  }

  /** All three, in the order encoder, decoder, vae. */
  public List<OnnxModel> models() {
    return List.of(encoder(), decoder(), vae());
  }

  private OnnxModel encoder() {
    GraphWriter graph = new GraphWriter("encoder");
    Edge x = graph.input("x", vae.image(), IMAGES);
    List<Edge> edges = evaluate(graph, Map.of(vae.x(), x), vae.mu(), vae.logvar());
    graph.output(edges.get(0), "mu", MU);
    graph.output(edges.get(1), "logvar", LOGVAR);
    return model("encoder.onnx", graph.build());
  }

  private OnnxModel decoder() {
    GraphWriter graph = new GraphWriter("decoder");
    Edge z = graph.input("z", vae.z().shape(), "codes");
    List<Edge> edges = evaluate(graph, Map.of(vae.z(), z), vae.xHat());
    graph.output(edges.get(0), "x_hat", MEAN_IMAGES);
    return model("decoder.onnx", graph.build());
  }

  private OnnxModel vae() {
    GraphWriter graph = new GraphWriter("vae");
    Edge x = graph.input("x", vae.image(), IMAGES);
    Edge eps =
        graph.input("eps", vae.eps().shape(), "standard normal noise; zeros decode the mean");
    List<Edge> edges =
        evaluate(
            graph, Map.of(vae.x(), x, vae.eps(), eps), vae.xHat(), vae.mu(), vae.logvar(), vae.z());
    graph.output(edges.get(0), "x_hat", MEAN_IMAGES);
    graph.output(edges.get(1), "mu", MU);
    graph.output(edges.get(2), "logvar", LOGVAR);
    graph.output(edges.get(3), "z", "mu + exp(logvar / 2) * eps");
    return model("vae.onnx", graph.build());
  }

  private List<Edge> evaluate(GraphWriter graph, Map<Tensor, Edge> inputs, Tensor... outputs) {
    Graph network = Graph.of(outputs);
    Map<Tensor, Edge> given = new IdentityHashMap<>(inputs);
    List<Tensor> read = network.needed(inputs.keySet());
    vae.conditions().stream()
        .filter(read::contains)
        .forEach(value -> given.put(value, input(graph, ((Op.Given) value.op()).condition())));
    return network.evaluate(new OnnxRules(graph, weights), given);
  }

  private static Edge input(GraphWriter graph, Condition condition) {
    String meaning =
        condition instanceof Condition.Beta beta
            ? "weight of the KL term, from %s to %s".formatted(beta.least(), beta.most())
            : "1 for the class of the image, 0 for all others";
    return graph.input(condition.name(), condition.shape(), meaning);
  }

  private OnnxModel model(String file, GraphProto graph) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setProducerName("elbow")
            .setGraph(graph);
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return new OnnxModel(file, model.build());
  }

  /** The bytes of each weight once, shared by the files that hold it. */
  static Map<String, ByteString> littleEndian(
      List<Parameter> parameters, Map<String, float[]> values) {
    Map<String, ByteString> bytes = new HashMap<>();
    for (Parameter parameter : parameters) {
      bytes.put(parameter.name(), littleEndian(parameter, values.get(parameter.name())));
    }
    return bytes;
  }

  private static ByteString littleEndian(Parameter parameter, float[] values) {
    if (values == null || values.length != parameter.shape().size()) {
      throw new IllegalArgumentException(
          "parameter '%s' has %s values, expected %d of shape %s"
              .formatted(
                  parameter.name(),
                  values == null ? "no" : values.length,
                  parameter.shape().size(),
                  parameter.shape()));
    }
    ByteBuffer bytes = GraphWriter.littleEndian(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }
}
