package dev.elbow.coordinator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.TreeMap;

/** How far the log was read, for those who wait until their own decision counts. For one thread. */
final class LogPosition {
  private final TreeMap<Long, Promise<Void>> waiting = new TreeMap<>();
  private long last = -1;

  /** Everything up to {@code offset} was read. */
  void reached(long offset) {
    last = offset;
    Map<Long, Promise<Void>> due = waiting.headMap(offset, true);
    due.values().forEach(Promise::tryComplete);
    due.clear();
  }

  /** Done when everything up to {@code offset} was read. */
  Future<Void> await(long offset) {
    return offset <= last
        ? Future.succeededFuture()
        : waiting.computeIfAbsent(offset, fresh -> Promise.promise()).future();
  }

  void fail(Throwable reason) {
    waiting.values().forEach(promise -> promise.tryFail(reason));
    waiting.clear();
  }
}
