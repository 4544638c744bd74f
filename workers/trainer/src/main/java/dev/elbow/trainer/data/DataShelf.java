package dev.elbow.trainer.data;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.trainer.engine.Engine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The datasets that a worker's slots use, each in memory once. The one used last stays there until
 * another is needed, so that the next trial of a sweep finds it. Thread-safe.
 */
public final class DataShelf implements AutoCloseable {
  private final Catalog catalog;
  private final DataFolder folder;
  private final Engine engine;
  private final Map<PluginChoice, Hashed> hashes = new ConcurrentHashMap<>();
  private final Map<Key, Shelved> shelved = new HashMap<>();

  public DataShelf(Catalog catalog, DataFolder folder, Engine engine) {
    this.catalog = catalog;
    this.folder = folder;
    this.engine = engine;
  }

  private record Key(PluginChoice choice, String sha256) {}

  /** What a dataset's hash was while the files were as their stamp says. */
  private record Hashed(Optional<String> files, String sha256) {}

  private static final class Shelved {
    // Runs once, in the thread of the first slot that needs the data; the others wait for it.
    private final FutureTask<TrainingData> loading;
    private int users;
    private volatile boolean isFailed;

    Shelved(Callable<TrainingData> load) {
      loading = new FutureTask<>(load);
    }

    TrainingData loaded() throws DatasetException, InterruptedException {
      loading.run();
      try {
        return loading.get();
      } catch (ExecutionException e) {
        isFailed = true;
        throwIf(e.getCause(), DatasetException.class);
        throwIf(e.getCause(), RuntimeException.class);
        throwIf(e.getCause(), Error.class);
        throw new IllegalStateException("loading throws nothing else", e);
      }
    }

    /** Only for what was loaded: an entry that failed is on no shelf. */
    void free() {
      try {
        loading.get().close();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("data that nobody uses are loaded", e);
      }
    }

    private static <E extends Throwable> void throwIf(Throwable thrown, Class<E> type) throws E {
      if (type.isInstance(thrown)) {
        throw type.cast(thrown);
      }
    }
  }

  /** A dataset in use; stays in memory at least until it is closed. */
  public final class Loan implements AutoCloseable {
    private final Shelved entry;
    private final TrainingData data;

    private Loan(Shelved entry, TrainingData data) {
      this.entry = entry;
      this.data = data;
    }

    public TrainingData data() {
      return data;
    }

    @Override
    public void close() {
      giveBack(entry);
    }
  }

  /**
   * Checks that this worker has the data that {@code choice} names.
   *
   * @throws DatasetException if it has not: a file is missing, or its hash is another
   */
  public void requireSame(DatasetChoice choice) throws DatasetException {
    if (isShelved(choice)) {
      return;
    }
    PluginChoice chosen = choice.choice();
    String found = sha256(choice);
    if (!found.equals(choice.sha256())) {
      throw new DatasetException(
          "data of dataset '%s' with sha256 %s, this worker's have %s"
              .formatted(chosen.plugin(), choice.sha256(), found));
    }
  }

  // A queue waits half a minute for a slot that hashes; what took longer is known the next time.
  private String sha256(DatasetChoice choice) throws DatasetException {
    PluginChoice chosen = choice.choice();
    Optional<String> files = FolderStamp.of(folder);
    Hashed known = hashes.get(chosen);
    if (files.isPresent() && known != null && known.files().equals(files)) {
      return known.sha256();
    }
    String found = dataset(choice).sha256(chosen.options(), folder);
    hashes.put(chosen, new Hashed(files, found));
    return found;
  }

  private synchronized boolean isShelved(DatasetChoice choice) {
    return shelved.containsKey(new Key(choice.choice(), choice.sha256()));
  }

  /**
   * The data that {@code choice} names, which {@link #requireSame} has checked; loaded if they are
   * not here. Slots that need other data do not wait for that.
   *
   * @throws DatasetException if they cannot be read any more
   */
  public Loan borrow(DatasetChoice choice) throws DatasetException, InterruptedException {
    Key key = new Key(choice.choice(), choice.sha256());
    Shelved entry = reserve(key, choice);
    boolean isLoaded = false;
    try {
      Loan loan = new Loan(entry, entry.loaded());
      isLoaded = true;
      return loan;
    } finally {
      if (!isLoaded) {
        abandon(key, entry);
      }
    }
  }

  private synchronized Shelved reserve(Key key, DatasetChoice choice) {
    if (!shelved.containsKey(key)) {
      dropUnused();
      shelved.put(key, new Shelved(() -> load(choice)));
    }
    Shelved entry = shelved.get(key);
    entry.users++;
    return entry;
  }

  // Whoever needs the data next tries again.
  private synchronized void abandon(Key key, Shelved entry) {
    entry.users--;
    if (entry.isFailed) {
      shelved.remove(key, entry);
    }
  }

  private TrainingData load(DatasetChoice choice) throws DatasetException {
    Images images = dataset(choice).load(choice.choice().options(), folder);
    return TrainingData.of(images, choice.sha256(), engine);
  }

  private Dataset dataset(DatasetChoice choice) throws DatasetException {
    String name = choice.choice().plugin();
    return catalog
        .find(Kind.DATASET, name)
        .orElseThrow(() -> new DatasetException("dataset '%s'".formatted(name)));
  }

  private synchronized void giveBack(Shelved entry) {
    entry.users--;
    if (shelved.size() > 1) {
      dropUnused();
    }
  }

  private void dropUnused() {
    List<Shelved> unused = shelved.values().stream().filter(entry -> entry.users == 0).toList();
    shelved.values().removeAll(unused);
    unused.forEach(Shelved::free);
  }

  /** Frees all data; none may be in use. */
  @Override
  public synchronized void close() {
    dropUnused();
  }
}
