package dev.elbow.scores;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.api.data.Factor;
import dev.elbow.testkit.KnownCodes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Properties;

/** Codes and factors in a file, and what Python made of them. */
final class Fixtures {
  static final List<Factor> FACTORS =
      List.of(
          new Factor("colour", List.of(0.0)),
          new Factor("shape", List.of(0.0, 1.0, 2.0)),
          new Factor("scale", List.of(0.5, 0.6, 0.75, 1.0)),
          new Factor("place", List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)));

  private Fixtures() {}

  private static BufferedReader resource(String name) {
    return new BufferedReader(
        new InputStreamReader(Fixtures.class.getResourceAsStream("/scores/" + name), UTF_8));
  }

  static KnownCodes model() throws IOException {
    List<String[]> lines;
    try (BufferedReader reader = resource("codes.csv")) {
      lines = reader.lines().map(line -> line.split(",")).toList();
    }
    int[][] indices = new int[lines.size()][4];
    float[][] means = new float[lines.size()][5];
    for (int i = 0; i < indices.length; i++) {
      for (int f = 0; f < 4; f++) {
        indices[i][f] = Integer.parseInt(lines.get(i)[f]);
      }
      for (int d = 0; d < 5; d++) {
        means[i][d] = Float.parseFloat(lines.get(i)[4 + d]);
      }
    }
    return new KnownCodes(FACTORS, indices, means);
  }

  static double expected(String key) throws IOException {
    Properties properties = new Properties();
    for (String file : List.of("expected.properties", "more.properties")) {
      try (BufferedReader reader = resource(file)) {
        properties.load(reader);
      }
    }
    return Double.parseDouble(properties.getProperty(key));
  }
}
