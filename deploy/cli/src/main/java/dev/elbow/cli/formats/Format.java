package dev.elbow.cli.formats;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.Locale;

/** What an exported model can be made into. */
public enum Format {
  /** Weights of 16 bits, which a runtime widens once, when it loads them. */
  FP16(
      1e-2,
      "weights are stored in 16 bits and widened when the file is loaded: half the size, the same speed") {
    @Override
    void apply(GraphProto.Builder graph, int batch) {
      new HalfWeights(graph).apply();
    }
  },

  /** Products of whole numbers of 8 bits. */
  INT8(
      0.1,
      "dense layers and convolutions multiply integers of 8 bits, whose scale is found anew for each call;"
          + " what has no integer operation keeps weights of 16 bits") {
    @Override
    void apply(GraphProto.Builder graph, int batch) {
      new IntegerProducts(graph).apply();
      new HalfWeights(graph).apply();
    }
  },

  /** One batch size, for runtimes that know no free dimension. */
  FIXED_BATCH(
      1e-4, "every call takes the same number of examples, for runtimes that need to know") {
    @Override
    void apply(GraphProto.Builder graph, int batch) {
      new FixedBatch(graph, batch).apply();
    }
  };

  private final double bound;
  private final String meaning;

  Format(double bound, String meaning) {
    this.bound = bound;
    this.meaning = meaning;
  }

  abstract void apply(GraphProto.Builder graph, int batch);

  /**
   * The largest error that a model may have, relative to the larger of 1 and the largest magnitude
   * of the output that it is found in.
   */
  public double bound() {
    return bound;
  }

  /** For people: what it is, in half a sentence. */
  public String meaning() {
    return meaning;
  }

  /** As options have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
