package dev.elbow.cli.formats;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes exported files in another format. The same file gives the same bytes. */
public final class FormattedModel {
  private FormattedModel() {}

  /**
   * Writes one file.
   *
   * @param from an exported file
   * @param to a new one
   * @param batch how many examples every call takes; of {@link Format#FIXED_BATCH} alone
   * @throws IOException if a file cannot be read or written
   */
  public static void write(Path from, Path to, Format format, int batch) throws IOException {
    ModelProto.Builder model;
    try (InputStream in = Files.newInputStream(from)) {
      model = ModelProto.parseFrom(in).toBuilder();
    }
    GraphProto.Builder graph = model.getGraphBuilder();
    format.apply(graph, batch);
    model.addMetadataProps(
        StringStringEntryProto.newBuilder().setKey("format").setValue(format.toString()));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      model.build().writeTo(coded);
      coded.flush();
    }
  }
}
