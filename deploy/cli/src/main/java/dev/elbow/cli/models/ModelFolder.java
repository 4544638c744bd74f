package dev.elbow.cli.models;

import dev.elbow.api.TrialId;
import dev.elbow.cli.CommandException;
import dev.elbow.coordinator.client.RegisteredModel;
import dev.elbow.coordinator.registry.ModelName;
import dev.elbow.coordinator.registry.Registry;
import dev.elbow.coordinator.results.Results;
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
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a model's files are, as somebody named it. */
record ModelFolder(Path path) {
  private static final Pattern TRIAL = Pattern.compile("[a-z0-9][a-z0-9._-]*/\\d{4,}");

  /**
   * Finds a folder, the folder of a file of a model, a trial below {@code results}, or what was
   * registered there under a name.
   *
   * @throws CommandException if there is none
   */
  static ModelFolder of(String text, Path results) throws CommandException {
    // A folder that happens to be called as a registered model hides it only if it is one.
    boolean named = ModelName.isOne(text) && !Files.isRegularFile(Path.of(text, "vae.onnx"));
    Optional<ModelFolder> registered =
        named ? registered(ModelName.parse(text), results) : Optional.empty();
    Optional<ModelFolder> found = registered.isPresent() ? registered : given(text, results);
    return found.orElseThrow(
        () ->
            refused(
                "MODEL: there is no folder '%s', and no trial or model of that name in %s; expected a trial's folder, SWEEP/NNNN or NAME[:VERSION]"
                    .formatted(text, results)));
  }

  /**
   * The folder of a trial that has ended.
   *
   * @throws CommandException that says why there is no model
   */
  static ModelFolder ofTrial(String text, Path results) throws CommandException {
    ModelFolder found =
        given(text, results).orElseThrow(() -> refused("TRIAL: " + why(text, results)));
    for (Path part : found.path().toAbsolutePath()) {
      if (part.toString().equals(".attempts")) {
        throw refused(
            "TRIAL: %s is an attempt, expected the folder of a trial that has ended"
                .formatted(text));
      }
    }
    return found;
  }

  /** Why there is no folder of that trial. */
  private static String why(String text, Path results) {
    if (!TRIAL.matcher(text).matches()) {
      return "there is no folder '%s'; expected SWEEP/NNNN or a trial's folder".formatted(text);
    }
    TrialId trial = TrialId.parse(text);
    try {
      return Results.read(results.resolve(trial.sweep())).rows().stream()
          .filter(row -> row.trial() == trial.number())
          .findFirst()
          .map(row -> "%s is %s and has no model".formatted(trial, row.state()))
          .orElse("no trial %s has ended".formatted(trial));
    } catch (IOException e) {
      return "there is no sweep '%s' in %s".formatted(trial.sweep(), results);
    }
  }

  private static Optional<ModelFolder> given(String text, Path results) {
    Path path = Path.of(text);
    if (Files.isDirectory(path)) {
      return Optional.of(new ModelFolder(path));
    }
    if (Files.isRegularFile(path) && text.endsWith(".onnx")) {
      return Optional.of(new ModelFolder(path.toAbsolutePath().getParent()));
    }
    if (TRIAL.matcher(text).matches()) {
      String[] parts = text.split("/");
      Path trial = results.resolve(parts[0]).resolve("trials").resolve(parts[1]);
      return Optional.of(trial).filter(Files::isDirectory).map(ModelFolder::new);
    }
    return Optional.empty();
  }

  private static Optional<ModelFolder> registered(ModelName name, Path results)
      throws CommandException {
    Registry registry = new Registry(results);
    try {
      Optional<RegisteredModel> model = registry.find(name);
      if (model.isPresent() && !registry.isWhole(model.get())) {
        throw CommandException.system(
            "%s: files in %s are not those that were registered"
                .formatted(name, registry.folder(model.get())),
            null);
      }
      return model.map(registry::folder).map(ModelFolder::new);
    } catch (IOException e) {
      throw CommandException.system("%s: %s".formatted(name, e), e);
    }
  }

  private static CommandException refused(String problem) {
    return CommandException.badInput(List.of(problem + ". Nothing was written."));
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
    return hash("decoder.onnx");
  }

  /** SHA-256 of a file, in hexadecimal digits. */
  String hash(String file) throws IOException {
    try (InputStream in = Files.newInputStream(path.resolve(file))) {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(in.readAllBytes());
      return HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
