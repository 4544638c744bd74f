package dev.elbow.trainer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A model as it goes into a file. Immutable; equal trials give equal bytes. */
public final class OnnxModel {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String file;
  private final ModelProto model;

  OnnxModel(String file, ModelProto model) {
    this.file = file;
    this.model = model;
  }

  /** The name of its file, for example {@code encoder.onnx}. */
  public String file() {
    return file;
  }

  ModelProto proto() {
    return model;
  }

  /** Writes the file's bytes and leaves {@code out} open. */
  public void writeTo(OutputStream out) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(out, BUFFER_BYTES);
    coded.useDeterministicSerialization();
    model.writeTo(coded);
    coded.flush();
  }
}
