package dev.elbow.trainer;

/**
 * A process's share of the training: takes trials from the queue and trains them, one in each slot.
 * Thread-safe.
 */
public final class Worker implements AutoCloseable {
  private final String name;

  private Worker(String name) {
    this.name = name;
  }

  /**
   * Loads the engine, connects to Kafka, and starts taking trials. Loading libtorch takes seconds;
   * {@link dev.elbow.trainer.libtorch.LibtorchEngine#load} may be called before, on another thread.
   */
  public static Worker start(WorkerSettings settings) {
    throw new UnsupportedOperationException("in the making " + new Worker(settings.name()));
  }

  /** Unique for each start. */
  public String name() {
    return name;
  }

  /**
   * Takes no more trials, lets slots reach a checkpoint, and hands their trials back. Returns when
   * nothing of it runs any more.
   */
  @Override
  public void close() {}
}
