package dev.elbow.trainer.scoring;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.data.ScoredData;
import java.lang.ref.SoftReference;
import java.util.function.DoubleConsumer;

/**
 * Judges models. The data of the last one stay in memory for the next as long as there is room.
 * Thread-safe.
 */
public final class Scorer {
  private final Catalog catalog;
  private final DataFolder folder;
  private final int threads;
  private Key loaded;
  private SoftReference<ScoredData> data = new SoftReference<>(null);

  private record Key(PluginChoice choice, String sha256) {}

  /**
   * @param folder below which datasets find their files
   * @param threads that one score may use, at least 1; figures do not depend on it
   */
  public Scorer(Catalog catalog, DataFolder folder, int threads) {
    this.catalog = catalog;
    this.folder = folder;
    this.threads = threads;
  }

  /**
   * A model before the data of its trial, to be asked for scores by one thread.
   *
   * @param model opened with one thread for each call; stays the caller's
   * @param choice the data that it was trained on
   * @param progress is told the share of a score that is done
   * @throws DatasetException if the data cannot be read
   */
  public Scored of(VaeModel model, DatasetChoice choice, DoubleConsumer progress)
      throws DatasetException {
    ScoredFiles files = new ScoredFiles(model, data(choice), threads, progress);
    return new Scored(catalog, files, choice);
  }

  private synchronized ScoredData data(DatasetChoice choice) throws DatasetException {
    ScoredData known = data.get();
    Key key = new Key(choice.choice(), choice.sha256());
    if (known == null || !key.equals(loaded)) {
      known = null; // both at once may be more than there is memory for
      data.clear();
      known = ScoredData.of(load(choice), choice.sha256());
      data = new SoftReference<>(known);
      loaded = key;
    }
    return known;
  }

  private Images load(DatasetChoice choice) throws DatasetException {
    Dataset dataset = catalog.find(Kind.DATASET, choice.choice().plugin()).orElseThrow();
    return dataset.load(choice.choice().options(), folder);
  }
}
