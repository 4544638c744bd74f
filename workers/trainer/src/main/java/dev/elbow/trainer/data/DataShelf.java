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
import java.util.Map;

/**
 * The datasets that a worker's slots use, each in memory once. The one used last stays there until
 * another is needed, so that the next trial of a sweep finds it. Thread-safe.
 */
public final class DataShelf implements AutoCloseable {
  private final Catalog catalog;
  private final DataFolder folder;
  private final Engine engine;
  private final Map<Key, Shelved> shelved = new HashMap<>();

  public DataShelf(Catalog catalog, DataFolder folder, Engine engine) {
    this.catalog = catalog;
    this.folder = folder;
    this.engine = engine;
  }

  private record Key(PluginChoice choice, String sha256) {}

  private static final class Shelved {
    private final TrainingData data;
    private int users;

    Shelved(TrainingData data) {
      this.data = data;
    }
  }

  /** A dataset in use; stays in memory at least until it is closed. */
  public final class Loan implements AutoCloseable {
    private final Shelved entry;

    private Loan(Shelved entry) {
      this.entry = entry;
    }

    public TrainingData data() {
      return entry.data;
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
    String found = dataset(choice).sha256(chosen.options(), folder);
    if (!found.equals(choice.sha256())) {
      throw new DatasetException(
          "data of dataset '%s' with sha256 %s, this worker's have %s"
              .formatted(chosen.plugin(), choice.sha256(), found));
    }
  }

  private synchronized boolean isShelved(DatasetChoice choice) {
    return shelved.containsKey(new Key(choice.choice(), choice.sha256()));
  }

  /**
   * The data that {@code choice} names, which {@link #requireSame} has checked; loaded if they are
   * not here.
   *
   * @throws DatasetException if they cannot be read any more
   */
  public synchronized Loan borrow(DatasetChoice choice) throws DatasetException {
    Key key = new Key(choice.choice(), choice.sha256());
    if (!shelved.containsKey(key)) {
      dropUnused();
      shelved.put(key, new Shelved(load(choice)));
    }
    Shelved entry = shelved.get(key);
    entry.users++;
    return new Loan(entry);
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
    shelved.values().stream()
        .filter(entry -> entry.users == 0)
        .forEach(entry -> entry.data.close());
    shelved.values().removeIf(entry -> entry.users == 0);
  }

  /** Frees all data; none may be in use. */
  @Override
  public synchronized void close() {
    dropUnused();
  }
}
