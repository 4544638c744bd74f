package dev.elbow.coordinator.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The model of the first release: images of [1, 4, 6], two latent dimensions. */
final class GoldenModel {
  private static final Path FOLDER = Path.of("../inference/src/test/resources/golden");
  static final int IMAGE_SIZE = 24;

  private GoldenModel() {}

  /** Puts its files into a folder, in place of others. */
  static void copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String file : List.of("encoder.onnx", "decoder.onnx", "vae.onnx")) {
      Files.write(folder.resolve(file), Files.readAllBytes(FOLDER.resolve(file)));
    }
  }

  /** What it computed of two images when it was exported: {@code xHat}, {@code mu} and so on. */
  static float[] expected(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(FOLDER.resolve("expected.properties"))) {
      properties.load(in);
    }
    String[] texts = properties.getProperty(name).split(",");
    float[] values = new float[texts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(texts[i]);
    }
    return values;
  }
}
