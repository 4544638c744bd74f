package dev.elbow.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataShelfIT {
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
    assertEquals(0, engine.held, "images that nobody freed");
  }

  @Test
  void twoSlotsShareOneCopy() throws Exception {
    try (DataShelf.Loan first = shelf.borrow(squares(10));
        DataShelf.Loan second = shelf.borrow(squares(10))) {
      assertSame(first.data(), second.data());
      assertEquals(1, engine.held);
    }
  }

  @Test
  void theLastOneStaysUntilAnotherIsNeeded() throws Exception {
    TrainingData first = borrowAndReturn(10);
    assertSame(first, borrowAndReturn(10));
    assertNotSame(first, borrowAndReturn(20));
    assertEquals(1, engine.held);
  }

  @Test
  void nothingIsFreedThatIsInUse() throws Exception {
    try (DataShelf.Loan loan = shelf.borrow(squares(10))) {
      borrowAndReturn(20);
      borrowAndReturn(30);
      assertTrue(engine.held <= 2);
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

  private TrainingData borrowAndReturn(int images) throws DatasetException {
    try (DataShelf.Loan loan = shelf.borrow(squares(images))) {
      return loan.data();
    }
  }

  private static DatasetChoice squares(int images) {
    Options options = Options.check(new Squares().options(), Map.of("images", images)).orThrow();
    return new DatasetChoice(new PluginChoice("squares", options), 0, Squares.sha256(images));
  }

  /** Counts the copies that are in memory. */
  private static final class CountingEngine implements Engine {
    private final Engine engine;
    private int held;

    CountingEngine(Engine engine) {
      this.engine = engine;
    }

    @Override
    public StoredImages store(Images images) {
      StoredImages stored = engine.store(images);
      held++;
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
          held--;
          stored.close();
        }
      };
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
