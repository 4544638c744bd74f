package dev.elbow.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One of the sweep files that come with this release: those of {@code deploy/examples}.
 *
 * @param name of the file, without its end
 * @param text as it is
 */
public record ExampleFile(String name, String text) {
  /** First those that need no data. */
  static final List<String> NAMES =
      List.of(
          "quickstart",
          "sprites-tcvae",
          "sprites-factor-vae",
          "sprites-iwae",
          "sprites-norm",
          "disentanglement-small",
          "disentanglement",
          "mnist-tutorial",
          "mnist-beta",
          "mnist-conv32",
          "mnist-iwae",
          "mnist-pythae",
          "mnist-multi-rate",
          "mnist-conditional");

  // Not after "et al.", which a year follows.
  private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=\\.) (?=[A-Z])");

  /** All of them. */
  static List<ExampleFile> all() throws IOException {
    List<ExampleFile> files = new ArrayList<>();
    for (String name : NAMES) {
      files.add(named(name));
    }
    return files;
  }

  /**
   * The one with this name, which is there.
   *
   * @throws IOException if it cannot be read
   */
  public static ExampleFile named(String name) throws IOException {
    String place = "examples/%s.yaml".formatted(name);
    try (InputStream file = ExampleFile.class.getResourceAsStream(place)) {
      return new ExampleFile(name, new String(file.readAllBytes(), UTF_8));
    }
  }

  byte[] content() {
    return text.getBytes(UTF_8);
  }

  /** The first sentence of the comment that it begins with. */
  String about() {
    StringBuilder comment = new StringBuilder();
    for (String line : text.lines().takeWhile(line -> line.startsWith("# ")).toList()) {
      comment.append(line.substring(2)).append(' ');
    }
    return END_OF_SENTENCE.split(comment.toString().strip(), 2)[0];
  }
}
