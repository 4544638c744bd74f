package dev.elbow.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbow.api.network.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The safetensors layout: the header's length in 8 bytes, little-endian; the header, JSON padded
 * with blanks; the tensors, single precision, little-endian, one after the other.
 *
 * @param metadata free text by name
 * @param tensors by name, in the order in which they stand
 */
record Safetensors(Map<String, String> metadata, Map<String, Stored> tensors) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final String CHECKSUM = "crc32c";
  private static final int LONGEST_HEADER = 100_000_000;
  private static final int PIECE_BYTES = 1 << 16;

  /**
   * One tensor.
   *
   * @param values in row-major order, as many as the shape says
   */
  record Stored(Shape shape, float[] values) {
    Stored {
      if (shape.size() != values.length) {
        throw new IllegalArgumentException(
            "%d values for the shape %s".formatted(values.length, shape));
      }
    }
  }

  /** Writes everything to {@code file} and to the disk below it. */
  void write(Path file) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(Channels.newOutputStream(channel));
      // What is no file of this machine is safe once it is closed.
      if (channel instanceof FileChannel disk) {
        disk.force(true);
      }
    }
  }

  /** Writes everything to {@code out}: equal content gives equal bytes. */
  void write(OutputStream out) throws IOException {
    byte[] header = header();
    out.write(littleEndian(8 + header.length).putLong(header.length).put(header).array());
    writeData(out);
  }

  // In pieces that stay near the processor while they are copied, hashed and written.
  private void writeData(OutputStream out) throws IOException {
    ByteBuffer piece = littleEndian(PIECE_BYTES);
    for (Stored tensor : tensors.values()) {
      int size = tensor.values().length;
      for (int from = 0; from < size; from += PIECE_BYTES / Float.BYTES) {
        int count = Math.min(PIECE_BYTES / Float.BYTES, size - from);
        piece.asFloatBuffer().put(tensor.values(), from, count);
        out.write(piece.array(), 0, count * Float.BYTES);
      }
    }
  }

  private byte[] header() throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode texts = header.putObject(METADATA);
    metadata.forEach(texts::put);
    texts.put(CHECKSUM, String.valueOf(checksum()));
    long offset = 0;
    for (Map.Entry<String, Stored> tensor : tensors.entrySet()) {
      long end = offset + 4L * tensor.getValue().values().length;
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      tensor.getValue().shape().dimensions().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return padded(JSON.writeValueAsBytes(header));
  }

  // The data begin at a multiple of 8 bytes, so that readers can map them.
  private static byte[] padded(byte[] header) {
    byte[] padded = new byte[(header.length + 7) / 8 * 8];
    java.util.Arrays.fill(padded, (byte) ' ');
    System.arraycopy(header, 0, padded, 0, header.length);
    return padded;
  }

  private long checksum() throws IOException {
    CheckedOutputStream sum =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
    writeData(sum);
    return sum.getChecksum().getValue();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CheckpointException if the file is damaged
   */
  static Safetensors read(Path file) throws IOException, CheckpointException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      long length = readFully(channel, 8).getLong();
      if (length < 2 || length > LONGEST_HEADER || length > channel.size() - 8) {
        throw new CheckpointException("%s has no header".formatted(file));
      }
      JsonNode header = JSON.readTree(readFully(channel, (int) length).array());
      Safetensors read = read(header, channel);
      if (!read.metadata.get(CHECKSUM).equals(String.valueOf(read.checksum()))) {
        throw new CheckpointException("%s: the checksum is wrong".formatted(file));
      }
      return read;
    } catch (EOFException
        | IllegalArgumentException
        | ArithmeticException
        | com.fasterxml.jackson.core.JacksonException e) {
      throw new CheckpointException("%s is damaged: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Safetensors read(JsonNode header, SeekableByteChannel channel) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Stored> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        Shape shape = shape(entry.getValue());
        tensors.put(entry.getKey(), new Stored(shape, readValues(channel, shape.size())));
      }
    }
    metadata.putIfAbsent(CHECKSUM, "");
    return new Safetensors(metadata, tensors);
  }

  private static Shape shape(JsonNode entry) {
    List<Integer> dimensions = new ArrayList<>();
    entry.required("shape").forEach(size -> dimensions.add(size.intValue()));
    return new Shape(dimensions);
  }

  private static float[] readValues(SeekableByteChannel channel, long size) throws IOException {
    if (size > channel.size() / 4) {
      throw new EOFException("it holds no %d values".formatted(size));
    }
    float[] values = new float[(int) size];
    readFully(channel, Math.multiplyExact(4, values.length)).asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer readFully(SeekableByteChannel channel, int size) throws IOException {
    ByteBuffer bytes = littleEndian(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("it ends after %d bytes".formatted(channel.position()));
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
