package dev.elbow.coordinator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While it is held, nobody else changes the tables of a sweep: a coordinator and {@code elbow
 * evaluate} both read them and write them anew, and the later would undo what the other has added.
 * Where files cannot be locked, as in an object store, that holds within this process alone.
 */
final class TableLock implements AutoCloseable {
  private static final String FILE = ".results.lock";
  private static final Logger LOG = LoggerFactory.getLogger(TableLock.class);

  /** Two channels of one process cannot both wait for a file. Sweeps may share one of these. */
  private static final ReentrantLock[] HERE =
      Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

  private final ReentrantLock here;
  private FileChannel channel;

  private TableLock(ReentrantLock here) {
    this.here = here;
  }

  /**
   * Waits until nobody else holds it.
   *
   * @param folder of the sweep; exists
   */
  static TableLock of(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    ReentrantLock here = HERE[Math.floorMod(place.hashCode(), HERE.length)];
    here.lock();
    TableLock lock = new TableLock(here);
    lock.lockFile(place.resolve(FILE));
    return lock;
  }

  // A file of its own: to close any other channel of the same file would release the lock.
  private void lockFile(Path file) {
    if (file.getFileSystem() != FileSystems.getDefault()) {
      return;
    }
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("{} cannot be locked", file, e);
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("a lock could not be closed", e);
    } finally {
      here.unlock();
    }
  }
}
