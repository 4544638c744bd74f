package dev.elbow.trainer.data;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
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
   * The data that {@code choice} names, loaded if it is not here.
   *
   * @throws DatasetException if this worker has no such data: the plugin or a file is missing, or
   *     its hash is not the one that the trial names
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
    PluginChoice chosen = choice.choice();
    Dataset dataset =
        catalog
            .find(Kind.DATASET, chosen.plugin())
            .orElseThrow(
                () -> new DatasetException("dataset '%s' is missing".formatted(chosen.plugin())));
    String found = dataset.sha256(chosen.options(), folder);
    if (!found.equals(choice.sha256())) {
      throw new DatasetException(
          "the data of dataset '%s' here have sha256 %s, the trial needs %s"
              .formatted(chosen.plugin(), found, choice.sha256()));
    }
    return TrainingData.of(dataset.load(chosen.options(), folder), found, engine);
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
