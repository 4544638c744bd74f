package dev.elbow.coordinator.registry;

import dev.elbow.coordinator.FileTree;
import dev.elbow.coordinator.Relocation;
import dev.elbow.coordinator.client.AnswerFormat;
import dev.elbow.coordinator.client.RegisteredModel;
import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The registered models of a results folder. {@code content/SHA256} has the files of a model, once
 * for all its names; {@code names/NAME/VERSION/model.json} says which content a version is. Both
 * appear whole and never change, so that any number of processes may promote at once: of two that
 * make the same version one finds it taken. In an object store, which cannot refuse to write a file
 * again, two at the same moment may both believe that it is theirs.
 *
 * <p>Blocks; thread-safe.
 */
public final class Registry {
  private static final String ENTRY = "model.json";

  private final Path content;
  private final Path names;
  private final Clock clock;

  /**
   * @param results folder that holds one folder a sweep; nothing is made in it before it is needed
   */
  public Registry(Path results) {
    this(results, Clock.systemUTC());
  }

  /**
   * @param clock that tells when a version is made
   */
  Registry(Path results, Clock clock) {
    Path root = results.resolve(".registry");
    this.content = root.resolve("content");
    this.names = root.resolve("names");
    this.clock = clock;
  }

  /**
   * Registers a trial's model. One that is there already, under the version that is asked for or as
   * the latest, is answered as it is.
   *
   * @param trial the trial's folder, which has ended; it is copied
   * @param as without a version, the next is made
   * @throws RegistryException if there is no model, or the version is another model's
   * @throws IOException if files cannot be read or written
   */
  public RegisteredModel promote(Path trial, ModelName as) throws IOException, RegistryException {
    Candidate candidate = Candidate.in(trial);
    if (as.version().isPresent()) {
      return claim(candidate, as.name(), as.version().getAsInt())
          .orElseThrow(
              () ->
                  new RegistryException(
                      "%s is another model already, and versions never change; a name without a version gets the next"
                          .formatted(as)));
    }
    while (true) {
      int latest = versions(as.name()).stream().reduce(0, Integer::max);
      // The latest first, so that promoting twice makes one version.
      Optional<RegisteredModel> same =
          latest == 0 ? Optional.empty() : same(candidate, as.name(), latest);
      Optional<RegisteredModel> made =
          same.isPresent() ? same : claim(candidate, as.name(), latest + 1);
      if (made.isPresent()) {
        return made.get();
      }
    }
  }

  /** The version as this candidate; empty if it is another's. */
  private Optional<RegisteredModel> claim(Candidate candidate, String name, int version)
      throws IOException {
    if (Files.exists(entry(name, version))) {
      return same(candidate, name, version);
    }
    store(candidate);
    RegisteredModel model = candidate.as(name, version, clock.instant());
    Path folder = names.resolve(name);
    Path fresh = Files.createDirectories(folder.resolve(hidden()));
    try {
      Files.write(fresh.resolve(ENTRY), AnswerFormat.write(model));
      place(fresh, folder.resolve(String.valueOf(version)), List.of(ENTRY));
    } finally {
      new FileTree(fresh).delete();
    }
    return same(candidate, name, version);
  }

  private Optional<RegisteredModel> same(Candidate candidate, String name, int version)
      throws IOException {
    return Optional.of(read(name, version))
        .filter(model -> model.sha256().equals(candidate.sha256()));
  }

  private void store(Candidate candidate) throws IOException {
    Path place = content.resolve(candidate.sha256());
    if (Files.exists(place.resolve("trial.json"))) {
      return;
    }
    Path fresh = Files.createDirectories(content.resolve(hidden()));
    try {
      for (String file : candidate.files().keySet()) {
        Files.copy(candidate.folder().resolve(file), fresh.resolve(file));
      }
      if (!new FileTree(fresh).has(candidate.files())) {
        throw new IOException(candidate.folder() + " changed while it was copied");
      }
      place(fresh, place, List.copyOf(candidate.files().keySet()));
    } finally {
      new FileTree(fresh).delete();
    }
  }

  // A folder that is not empty is never replaced by another: that is what makes it one's own.
  private static void place(Path fresh, Path place, List<String> files) throws IOException {
    try {
      Relocation.folder(fresh, place, files);
    } catch (IOException e) {
      if (!Files.isDirectory(place)) {
        throw e;
      }
    }
  }

  private static String hidden() {
    return "." + UUID.randomUUID();
  }

  private Path entry(String name, int version) {
    return names.resolve(name).resolve(String.valueOf(version)).resolve(ENTRY);
  }

  private RegisteredModel read(String name, int version) throws IOException {
    Path entry = entry(name, version);
    try {
      return AnswerFormat.read(FileContent.read(entry), RegisteredModel.class);
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(entry, e.getMessage()), e);
    }
  }

  /**
   * All versions of all models, by name, the oldest first.
   *
   * @throws IOException if one cannot be read
   */
  public List<RegisteredModel> models() throws IOException {
    List<RegisteredModel> models = new ArrayList<>();
    for (String name : children(names)) {
      models.addAll(models(name));
    }
    return models;
  }

  /**
   * All versions of one model, the oldest first; none if nobody registered it.
   *
   * @throws IOException if one cannot be read
   */
  public List<RegisteredModel> models(String name) throws IOException {
    List<RegisteredModel> models = new ArrayList<>();
    for (int version : versions(name)) {
      models.add(read(name, version));
    }
    return models;
  }

  /**
   * One model; without a version the latest. Empty if there is none.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<RegisteredModel> find(ModelName name) throws IOException {
    List<Integer> versions = versions(name.name());
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    int wanted = name.version().orElse(versions.get(versions.size() - 1));
    return versions.contains(wanted) ? Optional.of(read(name.name(), wanted)) : Optional.empty();
  }

  /** Where its files are. */
  public Path folder(RegisteredModel model) {
    return content.resolve(model.sha256());
  }

  /**
   * Whether its files are those that were registered.
   *
   * @throws IOException if one is missing or cannot be read
   */
  public boolean isWhole(RegisteredModel model) throws IOException {
    return new FileTree(folder(model)).has(model.files());
  }

  private List<Integer> versions(String name) throws IOException {
    return children(names.resolve(name)).stream()
        .filter(version -> version.matches("[1-9][0-9]{0,8}"))
        .map(Integer::valueOf)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  // What is being made has a dot first.
  private static List<String> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .map(path -> path.getFileName().toString().replace("/", ""))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
