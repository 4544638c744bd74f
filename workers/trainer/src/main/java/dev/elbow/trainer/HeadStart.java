package dev.elbow.trainer;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.catalog.Catalog;
import dev.elbow.trainer.data.DataShelf;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker can have before it has Kafka: libtorch, and the data of the first trial. The worker
 * that is started with it gives its memory back. Thread-safe.
 */
public final class HeadStart {
  private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

  private final Engine engine;
  private final DataShelf shelf;

  private HeadStart(Engine engine, DataShelf shelf) {
    this.engine = engine;
    this.shelf = shelf;
  }

  /**
   * Loads libtorch, which takes seconds the first time.
   *
   * @param nativeCache as {@link WorkerSettings#nativeCache}
   * @param data as {@link WorkerSettings#data}
   */
  public static HeadStart load(Optional<Path> nativeCache, Catalog catalog, DataFolder data) {
    Engine engine = LibtorchEngine.load(nativeCache);
    return new HeadStart(engine, new DataShelf(catalog, data, engine));
  }

  /** Reads data into memory. What is wrong with them, the trial that needs them will tell. */
  public void expect(DatasetChoice data) {
    try {
      shelf.requireSame(data);
      shelf.borrow(data).close();
    } catch (DatasetException | RuntimeException | LinkageError e) {
      LOG.info("the data of {} are not here yet", data.choice().plugin(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Engine engine() {
    return engine;
  }

  DataShelf shelf() {
    return shelf;
  }
}
