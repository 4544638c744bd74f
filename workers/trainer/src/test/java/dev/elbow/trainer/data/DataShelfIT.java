package dev.elbow.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Options;
import dev.elbow.catalog.Catalog;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import example.tiny.Squares;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DataShelfIT {
  private static final int SLOW = 77;

  private final CountingEngine engine = new CountingEngine(LibtorchEngine.load(Optional.empty()));
  private Catalog catalog;
  private DataShelf shelf;

  @BeforeEach
  void open() throws Exception {
    catalog = Catalog.ofClassPath();
    shelf = new DataShelf(catalog, DataFolder.none(), engine);
  }

  @AfterEach
  void close() {
    shelf.close();
    catalog.close();
    assertEquals(0, engine.held.get(), "images that nobody freed");
  }

  @Test
  void twoSlotsShareOneCopy() throws Exception {
    try (DataShelf.Loan first = shelf.borrow(squares(10));
        DataShelf.Loan second = shelf.borrow(squares(10))) {
      assertSame(first.data(), second.data());
      assertEquals(1, engine.held.get());
    }
  }

  @Test
  void theLastOneStaysUntilAnotherIsNeeded() throws Exception {
    TrainingData first = borrowAndReturn(10);
    assertSame(first, borrowAndReturn(10));
    assertNotSame(first, borrowAndReturn(20));
    assertEquals(1, engine.held.get());
  }

  @Test
  void nothingIsFreedThatIsInUse() throws Exception {
    try (DataShelf.Loan loan = shelf.borrow(squares(10))) {
      borrowAndReturn(20);
      borrowAndReturn(30);
      assertTrue(engine.held.get() <= 2);
      assertEquals(64, loan.data().images().values(0).length);
    }
  }

  @Test
  void refusesDataWithAnotherHashAndNamesBoth() {
    DatasetChoice other = new DatasetChoice(squares(10).choice(), 0, "squares-11");
    DatasetException e = assertThrows(DatasetException.class, () -> shelf.requireSame(other));
    assertTrue(e.getMessage().contains("squares-11"), e.getMessage());
    assertTrue(e.getMessage().contains("squares-10"), e.getMessage());
  }

  @Test
  @Timeout(60)
  void nobodyWaitsForDataThatOthersLoad() throws Exception {
    ExecutorService slots = Executors.newFixedThreadPool(2);
    try {
      Future<TrainingData> first = slots.submit(() -> borrowAndReturn(SLOW));
      Future<TrainingData> second = slots.submit(() -> borrowAndReturn(SLOW));
      engine.loading.await();
      try (DataShelf.Loan other = shelf.borrow(squares(10))) {
        assertEquals(64, other.data().images().values(0).length);
        assertFalse(first.isDone() || second.isDone());
        engine.slow.countDown();
        assertEquals(64, first.get().description().image().size());
        assertEquals(64, second.get().description().image().size());
      }
    } finally {
      engine.slow.countDown();
      slots.shutdown();
    }
  }

  @Test
  void whatCouldNotBeLoadedIsTriedAgain() throws Exception {
    DatasetChoice broken = choice(Map.of("broken", true));
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThrows(IllegalStateException.class, () -> shelf.borrow(broken));
    }
    borrowAndReturn(10);
  }

  @Test
  void hashesAgainOnlyAfterAFileHasChanged(@TempDir Path folder) throws Exception {
    try (DataShelf own = new DataShelf(catalog, DataFolder.of(folder), engine)) {
      Files.writeString(folder.resolve("images"), "1");
      own.requireSame(squares(13));
      own.requireSame(squares(13));
      assertEquals(1, Squares.hashed(13));
      Files.writeString(folder.resolve("images"), "12");
      own.requireSame(squares(13));
      assertEquals(2, Squares.hashed(13));
    }
  }

  private TrainingData borrowAndReturn(int images) throws Exception {
    try (DataShelf.Loan loan = shelf.borrow(squares(images))) {
      return loan.data();
    }
  }

  private static DatasetChoice squares(int images) {
    return choice(Map.of("images", images));
  }

  private static DatasetChoice choice(Map<String, ?> given) {
    Options options = Options.check(new Squares().options(), given).orThrow();
    String sha256 = Squares.sha256(options.count("images"));
    return new DatasetChoice(new PluginChoice("squares", options), 0, sha256);
  }

  /** Counts the copies that are in memory. */
  private static final class CountingEngine implements Engine {
    private final Engine engine;
    private final AtomicInteger held = new AtomicInteger();
    private final CountDownLatch loading = new CountDownLatch(1);
    private final CountDownLatch slow = new CountDownLatch(1);

    CountingEngine(Engine engine) {
      this.engine = engine;
    }

    @Override
    public StoredImages store(Images images) {
      if (images.train().length == SLOW) {
        awaitSlow();
      }
      StoredImages stored = engine.store(images);
      held.incrementAndGet();
      return new StoredImages() {
        @Override
        public int count() {
          return stored.count();
        }

        @Override
        public long sizeBytes() {
          return stored.sizeBytes();
        }

        @Override
        public float[] values(int... numbers) {
          return stored.values(numbers);
        }

        @Override
        public void close() {
          held.decrementAndGet();
          stored.close();
        }
      };
    }

    private void awaitSlow() {
      try {
        loading.countDown();
        slow.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String name() {
      return engine.name();
    }

    @Override
    public String processor() {
      return engine.processor();
    }

    @Override
    public List<String> precisions() {
      return engine.precisions();
    }

    @Override
    public Session open(SessionSpec spec) {
      return engine.open(spec);
    }
  }
}
