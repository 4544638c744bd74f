package dev.elbow.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.Trial;
import dev.elbow.api.network.Shape;
import dev.elbow.trainer.checkpoint.Safetensors.Stored;
import dev.elbow.trainer.engine.ModelState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest checkpoint of a trial: {@code checkpoint.safetensors} in the folder of its attempts.
 * Parameters stand there under their names, the optimizer's moments under {@code
 * optimizer.NAME:PARAMETER}. Immutable; at most one execution of a trial writes at a time, and one
 * that lost its trial does no harm: whatever it writes is a true checkpoint of the same trial.
 */
public final class CheckpointFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "checkpoint.safetensors";
  private static final String MOMENT = "optimizer.";

  private final Path folder;
  private final String execution;
  private final String fingerprint;

  /**
   * @param folder of the trial's attempts, {@code RESULTS/SWEEP/.attempts/NNNN}; made if it is
   *     missing
   * @param provenance what else decides the bits
   * @param execution keeps apart what several executions write
   */
  public CheckpointFile(Path folder, Trial trial, Provenance provenance, String execution) {
    this.folder = folder;
    this.execution = execution;
    this.fingerprint = fingerprint(trial, provenance);
  }

  /** Puts {@code checkpoint} in the place of the last one; readers see either, never a part. */
  public void write(Checkpoint checkpoint) throws IOException {
    ModelState state = checkpoint.state();
    Map<String, Stored> tensors = new LinkedHashMap<>();
    add("", state.parameters(), checkpoint.shapes(), tensors);
    state
        .moments()
        .forEach((name, of) -> add(MOMENT + name + ":", of, checkpoint.shapes(), tensors));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "elbow-checkpoint-1");
    metadata.put("fingerprint", fingerprint);
    metadata.put("updates", String.valueOf(state.updates()));
    metadata.put("position", JSON.writeValueAsString(PositionJson.write(checkpoint.position())));
    // An execution that lost the trial may have deleted the folder while it was empty.
    Files.createDirectories(folder);
    Path part = folder.resolve(NAME + "." + execution + ".part");
    try {
      new Safetensors(metadata, tensors).write(part);
      put(part, folder.resolve(NAME));
    } finally {
      // On a full disk it would take the room that others need.
      Files.deleteIfExists(part);
    }
  }

  private static void put(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      // An object store: a copy is seen there when it is whole.
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void add(
      String prefix,
      Map<String, float[]> values,
      Map<String, Shape> shapes,
      Map<String, Stored> tensors) {
    values.forEach((name, of) -> tensors.put(prefix + name, new Stored(shapes.get(name), of)));
  }

  /**
   * The newest checkpoint. What executions that died have left half written is removed.
   *
   * @return empty if there is none
   * @throws CheckpointException if it is damaged or of a trial that differs in anything, or was
   *     trained by another engine, on another type of processor or with another version of a plugin
   */
  public Optional<Checkpoint> read() throws IOException, CheckpointException {
    removeParts();
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Safetensors content = Safetensors.read(file);
    if (!fingerprint.equals(content.metadata().get("fingerprint"))) {
      throw new CheckpointException(
          "%s is of another trial, engine, processor or version of a plugin".formatted(file));
    }
    try {
      return Optional.of(checkpoint(content));
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckpointException("%s is damaged: %s".formatted(file, e.getMessage()), e);
    }
  }

  // One that lost its trial and still writes finds its part gone, and leaves it at that.
  private void removeParts() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, CheckpointFile::isPart)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  // Not every file system knows patterns.
  private static boolean isPart(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(NAME + ".") && name.endsWith(".part");
  }

  private static Checkpoint checkpoint(Safetensors content) throws IOException {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    Map<String, Map<String, float[]>> moments = new LinkedHashMap<>();
    content
        .tensors()
        .forEach(
            (name, tensor) -> {
              int colon = name.indexOf(':');
              if (name.startsWith(MOMENT) && colon > 0) {
                moments
                    .computeIfAbsent(name.substring(MOMENT.length(), colon), n -> new HashMap<>())
                    .put(name.substring(colon + 1), tensor.values());
              } else {
                parameters.put(name, tensor.values());
                shapes.put(name, tensor.shape());
              }
            });
    Map<String, String> metadata = content.metadata();
    return new Checkpoint(
        new ModelState(Long.parseLong(metadata.get("updates")), parameters, moments),
        PositionJson.read(JSON.readTree(metadata.get("position"))),
        shapes);
  }

  // A record's text holds all its values, down to the hash of the data.
  private static String fingerprint(Trial trial, Provenance provenance) {
    try {
      byte[] text = (trial + "\n" + provenance).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
