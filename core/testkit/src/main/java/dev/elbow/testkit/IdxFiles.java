package dev.elbow.testkit;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small files in the IDX format, as MNIST has them. */
public final class IdxFiles {
  private static final int LABELS = 10;

  private IdxFiles() {}

  /**
   * Writes a folder that {@code idx} reads: random images and labels from 0 to 9, gzipped.
   *
   * @param folder is made if it does not exist
   */
  public static void writeFolder(Path folder, int train, int test, int height, int width)
      throws IOException {
    Files.createDirectories(folder);
    writeSplit(folder, "train", train, height, width);
    writeSplit(folder, "t10k", test, height, width);
  }

  private static void writeSplit(Path folder, String split, int count, int height, int width)
      throws IOException {
    byte[] pixels = RandomArrays.bytes((long) count * height * width, split.hashCode());
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % LABELS);
    }
    write(folder.resolve(split + "-images-idx3-ubyte.gz"), pixels, count, height, width);
    write(folder.resolve(split + "-labels-idx1-ubyte.gz"), labels, count);
  }

  /**
   * Writes one file of unsigned bytes; gzipped if its name ends with {@code .gz}.
   *
   * @param values need not be as many as the dimensions say: that makes a broken file
   */
  public static void write(Path file, byte[] values, int... dimensions) throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        DataOutputStream out =
            new DataOutputStream(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw)) {
      out.writeInt(0x0800 | dimensions.length);
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(values);
    }
  }
}
