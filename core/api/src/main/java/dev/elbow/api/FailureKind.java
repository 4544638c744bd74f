package dev.elbow.api;

/** Why a trial could not be trained; decides alone whether it is tried again. */
public enum FailureKind {
  /** The configuration cannot be built. */
  INVALID_PARAMETERS(false),
  /** A loss or weight is no longer a finite number. */
  DIVERGED(false),
  /** The model does not fit into memory. */
  OUT_OF_MEMORY(false),
  /** A plugin threw something. */
  PLUGIN_FAULT(false),
  /** The exported model computes something else than the trained one. */
  ONNX_MISMATCH(false),
  /** The worker was not heard of for longer than the lease. */
  WORKER_LOST(true),
  /** Disk, network or broker. */
  INFRASTRUCTURE(true);

  private final boolean retried;

  FailureKind(boolean retried) {
    this.retried = retried;
  }

  /** Whether another attempt may succeed. */
  public boolean retried() {
    return retried;
  }
}
