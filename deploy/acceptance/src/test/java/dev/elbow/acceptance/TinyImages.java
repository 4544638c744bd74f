package dev.elbow.acceptance;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Data in the format of MNIST, small enough to train on in a second: grey discs in the dark. */
public final class TinyImages {
  static final int SIZE = 12;
  static final int TRAIN = 512;
  static final int TEST = 96;

  private TinyImages() {}

  /** Writes the four files to {@code data/tiny} and returns {@code data}. */
  public static Path write(Path data) throws IOException {
    Path folder = Files.createDirectories(data.resolve("tiny"));
    Random random = new Random(7);
    images(folder.resolve("train-images-idx3-ubyte"), TRAIN, random);
    labels(folder.resolve("train-labels-idx1-ubyte"), TRAIN, random);
    images(folder.resolve("t10k-images-idx3-ubyte"), TEST, random);
    labels(folder.resolve("t10k-labels-idx1-ubyte"), TEST, random);
    return data;
  }

  private static void images(Path file, int count, Random random) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (int header : new int[] {0x803, count, SIZE, SIZE}) {
        out.writeInt(header);
      }
      for (int i = 0; i < count; i++) {
        out.write(disc(random));
      }
    }
  }

  private static byte[] disc(Random random) {
    double x = 3 + random.nextDouble() * (SIZE - 7);
    double y = 3 + random.nextDouble() * (SIZE - 7);
    double radius = 1.5 + random.nextDouble() * 2;
    byte[] pixels = new byte[SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      double distance = Math.hypot(i % SIZE - x, i / SIZE - y);
      pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, radius + 0.5 - distance)));
    }
    return pixels;
  }

  private static void labels(Path file, int count, Random random) throws IOException {
    byte[] labels = new byte[count];
    random.nextBytes(labels);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(0x801);
      out.writeInt(count);
      for (byte label : labels) {
        out.write(Math.floorMod(label, 10));
      }
    }
  }
}
