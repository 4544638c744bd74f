package dev.elbow.coordinator.http;

import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The models that were asked last, open in ONNX Runtime. One that makes room for another, or whose
 * file is not the same any more, is closed as soon as nobody uses it. Thread-safe; calls block.
 */
final class LoadedModels implements AutoCloseable {
  private final int most;

  /** In the order of their last use; guards what a {@link Loaded} says of its users. */
  private final Map<Path, Loaded> models = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most how many are kept open while nobody uses them
   */
  LoadedModels(int most) {
    this.most = most;
  }

  /**
   * A file at one moment. A sweep that was deleted may come again under the same name, so the place
   * alone does not tell whose model it is.
   */
  private record Content(Path file, String key, FileTime modified, long sizeBytes) {
    static Content of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Content(file, String.valueOf(now.fileKey()), now.lastModifiedTime(), now.size());
    }

    boolean changed() {
      try {
        return !equals(of(file));
      } catch (IOException e) {
        return true;
      }
    }
  }

  private static final class Loaded {
    private final Content content;
    private VaeModel model;
    private int users;
    private boolean dropped;

    Loaded(Content content) {
      this.content = content;
    }

    // Whoever comes while it is loaded waits for it; those who ask other models do not.
    synchronized VaeModel model() throws IOException {
      if (model == null) {
        model = VaeModel.load(content.file().getParent());
      }
      return model;
    }

    synchronized void close() {
      if (model != null) {
        model.close();
      }
    }
  }

  /**
   * Asks a model, which is loaded first unless it is there.
   *
   * @param file one of its files, in the folder of the others
   * @throws IOException if it cannot be loaded
   */
  <T> T ask(Path file, Function<VaeModel, T> question) throws IOException {
    Loaded loaded = take(Content.of(file));
    try {
      return question.apply(loaded.model());
    } catch (IOException e) {
      drop(other -> other == loaded);
      throw e;
    } finally {
      giveBack(loaded);
    }
  }

  private Loaded take(Content content) {
    drop(loaded -> loaded.content.file().equals(content.file()) && !loaded.content.equals(content));
    synchronized (models) {
      Loaded loaded = models.computeIfAbsent(content.file(), absent -> new Loaded(content));
      loaded.users++;
      return loaded;
    }
  }

  private void giveBack(Loaded loaded) {
    boolean unused;
    synchronized (models) {
      loaded.users--;
      unused = loaded.dropped && loaded.users == 0;
    }
    if (unused) {
      loaded.close();
    }
    surplus().ifPresent(oldest -> drop(other -> other == oldest));
  }

  private Optional<Loaded> surplus() {
    synchronized (models) {
      List<Loaded> unused = models.values().stream().filter(model -> model.users == 0).toList();
      return unused.size() > most ? Optional.of(unused.get(0)) : Optional.empty();
    }
  }

  /** Closes those whose files were deleted, pruned or replaced. */
  void dropChanged() {
    List<Loaded> kept;
    synchronized (models) {
      kept = List.copyOf(models.values());
    }
    // Not under the lock: a file system may take its time.
    List<Loaded> changed = kept.stream().filter(model -> model.content.changed()).toList();
    drop(changed::contains);
  }

  private void drop(Predicate<Loaded> which) {
    List<Loaded> gone;
    synchronized (models) {
      gone = models.values().stream().filter(which).toList();
      models.values().removeAll(gone);
      gone.forEach(model -> model.dropped = true);
      gone = gone.stream().filter(model -> model.users == 0).toList();
    }
    gone.forEach(Loaded::close);
  }

  /** Closes all; those in use when they are given back. */
  @Override
  public void close() {
    drop(model -> true);
  }
}
