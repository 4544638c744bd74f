package dev.elbow.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The safetensors layout: the header's length in 8 bytes, little-endian; the header, JSON padded
 * with blanks; the tensors, single precision, little-endian, one after the other.
 *
 * @param metadata free text by name
 * @param tensors by name, each one row of values
 */
record Safetensors(Map<String, String> metadata, Map<String, float[]> tensors) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final String CHECKSUM = "crc32c";
  private static final int LONGEST_HEADER = 100_000_000;

  /** Writes everything to {@code file} and to the disk below it. */
  void write(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] header = header();
      ByteBuffer start = littleEndian(8 + header.length).putLong(header.length).put(header);
      writeFully(channel, start.flip());
      for (float[] values : tensors.values()) {
        writeFully(channel, bytes(values));
      }
      channel.force(true);
    }
  }

  private byte[] header() throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode texts = header.putObject(METADATA);
    metadata.forEach(texts::put);
    texts.put(CHECKSUM, String.valueOf(checksum()));
    long offset = 0;
    for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
      long end = offset + 4L * tensor.getValue().length;
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      entry.putArray("shape").add(tensor.getValue().length);
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

  private long checksum() {
    CRC32C checksum = new CRC32C();
    tensors.values().forEach(values -> checksum.update(bytes(values)));
    return checksum.getValue();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CheckpointException if the file is damaged
   */
  static Safetensors read(Path file) throws IOException, CheckpointException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
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
        | com.fasterxml.jackson.core.JacksonException e) {
      throw new CheckpointException("%s is damaged: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Safetensors read(JsonNode header, FileChannel channel) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        int size = entry.getValue().required("shape").required(0).intValue();
        tensors.put(entry.getKey(), readValues(channel, size));
      }
    }
    metadata.putIfAbsent(CHECKSUM, "");
    return new Safetensors(metadata, tensors);
  }

  private static float[] readValues(FileChannel channel, int size) throws IOException {
    float[] values = new float[size];
    readFully(channel, Math.multiplyExact(4, size)).asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = littleEndian(Math.multiplyExact(4, values.length));
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer readFully(FileChannel channel, int size) throws IOException {
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
