package dev.elbow.trainer.engine;

/**
 * Images in memory of the engine, one copy for all slots. Thread-safe. Must not be closed while a
 * call uses it.
 */
public interface StoredImages extends AutoCloseable {
  /** How many there are; they are numbered from 0. */
  int count();

  /** Memory that they take. */
  long sizeBytes();

  /**
   * Values from 0 to 1 of some images, one image after the other in row-major order.
   *
   * @param images their numbers
   */
  float[] values(int... images);

  /** Gives the memory back; at most once. */
  @Override
  void close();
}
