package dev.elbow.coordinator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.TreeMap;

/** How far the log was read, for those who wait until their own decision counts. For one thread. */
final class LogPosition {
  /** Far more than one coordinator has under way when it is replaced. */
  private static final int MOST_IGNORED = 1000;

  private final TreeMap<Long, Promise<Void>> waiting = new TreeMap<>();
  private final TreeMap<Long, Throwable> ignored = new TreeMap<>();
  private long last = -1;

  /** The decision at {@code offset} does not count. */
  void ignored(long offset, Throwable reason) {
    ignored.put(offset, reason);
    if (ignored.size() > MOST_IGNORED) {
      ignored.pollFirstEntry();
    }
    Promise<Void> own = waiting.remove(offset);
    if (own != null) {
      own.tryFail(reason);
    }
  }

  /** Everything up to {@code offset} was read. */
  void reached(long offset) {
    last = offset;
    Map<Long, Promise<Void>> due = waiting.headMap(offset, true);
    due.values().forEach(Promise::tryComplete);
    due.clear();
  }

  /** Done when everything up to {@code offset} was read; fails if what is there does not count. */
  Future<Void> await(long offset) {
    if (ignored.containsKey(offset)) {
      return Future.failedFuture(ignored.get(offset));
    }
    return offset <= last
        ? Future.succeededFuture()
        : waiting.computeIfAbsent(offset, fresh -> Promise.promise()).future();
  }

  void fail(Throwable reason) {
    waiting.values().forEach(promise -> promise.tryFail(reason));
    waiting.clear();
  }
}
