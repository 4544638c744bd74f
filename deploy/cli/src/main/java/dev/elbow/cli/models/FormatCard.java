package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.cli.formats.Format;
import dev.elbow.cli.models.FormatCheck.Difference;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The card of a model in another format: that of the model, and what the format changed.
 *
 * @param from the model's folder
 * @param made where the new files are
 * @param differences by output
 */
record FormatCard(
    Format format, int batch, Path from, Path made, Map<String, Difference> differences) {
  private static final List<String> FILES = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");

  /** The size of all files in the format. */
  long bytesNow() throws IOException {
    return bytes(made);
  }

  /** The size of those that they were made of. */
  long bytesBefore() throws IOException {
    return bytes(from);
  }

  private static long bytes(Path folder) throws IOException {
    long sum = 0;
    for (String file : FILES) {
      sum += Files.size(folder.resolve(file));
    }
    return sum;
  }

  /** The file. */
  String markdown() throws IOException {
    List<String> lines = new ArrayList<>();
    Path card = from.resolve("MODEL_CARD.md");
    lines.add(Files.isRegularFile(card) ? Files.readString(card, UTF_8).strip() : "# A model");
    lines.addAll(List.of("", "## Format", "", about(), ""));
    lines.addAll(List.of("| output | largest error | mean error |", "| --- | --- | --- |"));
    differences.forEach(
        (output, error) ->
            lines.add("| %s | %.1e | %.1e |".formatted(output, error.largest(), error.mean())));
    lines.addAll(List.of("", "| file | bytes | before | SHA-256 |", "| --- | --- | --- | --- |"));
    for (String file : FILES) {
      lines.add(row(file));
    }
    return String.join("\n", lines) + "\n";
  }

  private String about() {
    String size = format == Format.FIXED_BATCH ? " (here %d)".formatted(batch) : "";
    return ("The files beside this card are those above as `%s`%s: %s. Errors are relative to the larger of 1 and the"
            + " output's largest magnitude, at batches of 1, 2 and 17 in ONNX Runtime %s; above %.1e nothing would have"
            + " been written.")
        .formatted(format, size, format.meaning(), VaeModel.runtimeVersion(), format.bound());
  }

  private String row(String file) throws IOException {
    return "| `%s` | %d | %d | `%s` |"
        .formatted(
            file,
            Files.size(made.resolve(file)),
            Files.size(from.resolve(file)),
            new ModelFolder(made).hash(file));
  }
}
