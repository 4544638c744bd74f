package dev.elbow.cli.models;

import dev.elbow.cli.CommandException;
import dev.elbow.inference.ModelException;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Where a model's files are, as somebody named it. */
record ModelFolder(Path path) {
  private static final Pattern TRIAL = Pattern.compile("[a-z0-9][a-z0-9._-]*/\\d{4,}");

  /**
   * Finds a folder, the folder of a file of a model, or a trial below {@code results}.
   *
   * @throws CommandException if there is none
   */
  static ModelFolder of(String text, Path results) throws CommandException {
    Path path = Path.of(text);
    if (Files.isDirectory(path)) {
      return new ModelFolder(path);
    }
    if (Files.isRegularFile(path) && text.endsWith(".onnx")) {
      return new ModelFolder(path.toAbsolutePath().getParent());
    }
    if (TRIAL.matcher(text).matches()) {
      String[] parts = text.split("/");
      Path trial = results.resolve(parts[0]).resolve("trials").resolve(parts[1]);
      if (Files.isDirectory(trial)) {
        return new ModelFolder(trial);
      }
    }
    throw CommandException.badInput(
        List.of(
            "MODEL: there is no folder '%s', and no trial of that name in %s; expected a trial's folder or SWEEP/NNNN. Nothing was written."
                .formatted(text, results)));
  }

  /** The model, with as many threads as the machine has cores. */
  VaeModel load() throws CommandException {
    try {
      return VaeModel.load(path, Runtime.getRuntime().availableProcessors());
    } catch (ModelException e) {
      throw CommandException.badInput(List.of(e.getMessage(), "Nothing was written."));
    } catch (IOException e) {
      throw CommandException.system("%s cannot be read: %s".formatted(path, e), e);
    }
  }

  /** SHA-256 of the file that makes images of codes, in hexadecimal digits. */
  String decoderHash() throws IOException {
    try (InputStream in = Files.newInputStream(path.resolve("decoder.onnx"))) {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(in.readAllBytes());
      return HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
