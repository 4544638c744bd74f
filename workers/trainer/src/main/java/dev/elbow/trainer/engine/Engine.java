package dev.elbow.trainer.engine;

import dev.elbow.api.data.Images;
import java.util.List;

/**
 * Does the arithmetic of training. One for all slots of a worker; thread-safe.
 *
 * <p>An engine draws no random number and keeps no state between sessions: what a session computes
 * depends on what it is given, on the processor and on the engine's version, and on nothing else.
 */
public interface Engine {
  /** Name and version, for example {@code libtorch 2.10.0}. */
  String name();

  /** What decides, besides the version, which bits come out: for example {@code x86_64 AVX2}. */
  String processor();

  /** The arithmetics that it trains in on this processor: {@code fp32}, … */
  List<String> precisions();

  /**
   * Copies all of {@code images} into memory of the engine.
   *
   * @throws OutOfEngineMemoryException if they do not fit
   */
  StoredImages store(Images images);

  /**
   * A model ready to be trained and used by the calling thread.
   *
   * @throws OutOfEngineMemoryException if it does not fit
   */
  Session open(SessionSpec spec);
}
