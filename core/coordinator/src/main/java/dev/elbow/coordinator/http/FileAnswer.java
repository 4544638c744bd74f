package dev.elbow.coordinator.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of any file system, sent as fast as the client takes it. Its size is that of the moment in
 * which it was opened; a trial's files never change.
 */
final class FileAnswer implements Answer {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(FileAnswer.class);

  private final WorkerExecutor threads;
  private final String type;
  private final SeekableByteChannel file;
  private final long size;

  private FileAnswer(WorkerExecutor threads, String type, SeekableByteChannel file)
      throws IOException {
    this.threads = threads;
    this.type = type;
    this.file = file;
    this.size = file.size();
  }

  /**
   * Opens a file; blocks.
   *
   * @throws IOException if it cannot be read, or is a link by now
   */
  static FileAnswer open(Path path, String type, WorkerExecutor threads) throws IOException {
    return new FileAnswer(threads, type, Files.newByteChannel(path, options(path)));
  }

  // Object stores know no links, and not all take an option about them.
  private static Set<OpenOption> options(Path path) {
    return path.getFileSystem() == FileSystems.getDefault()
        ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
        : Set.of(StandardOpenOption.READ);
  }

  @Override
  public void send(HttpServerResponse response) {
    response
        .putHeader("Content-Type", type)
        .putHeader("Content-Length", String.valueOf(size))
        .setWriteQueueMaxSize(2 * CHUNK_BYTES)
        .closeHandler(closed -> drop())
        .endHandler(ended -> drop());
    Context loop = Vertx.currentContext();
    next(response, loop);
  }

  private void next(HttpServerResponse response, Context loop) {
    threads
        .executeBlocking(this::read, false)
        .onSuccess(chunk -> loop.runOnContext(now -> sent(chunk, response, loop)))
        .onFailure(e -> loop.runOnContext(now -> broken(response, e)));
  }

  private Buffer read() throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    file.read(chunk);
    return Buffer.buffer(chunk.position()).appendBytes(chunk.array(), 0, chunk.position());
  }

  private void sent(Buffer chunk, HttpServerResponse response, Context loop) {
    if (response.closed()) {
      return;
    }
    if (chunk.length() == 0) {
      response.end();
      return;
    }
    response.write(chunk);
    if (response.writeQueueFull()) {
      response.drainHandler(ready -> next(response.drainHandler(null), loop));
    } else {
      next(response, loop);
    }
  }

  // Too late for another status: that the answer is too short must tell.
  private static void broken(HttpServerResponse response, Throwable e) {
    if (!response.closed()) {
      LOG.warn("a file could not be sent to its end", e);
      response.reset();
    }
  }

  @Override
  public void drop() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("a file that was sent could not be closed", e);
    }
  }
}
