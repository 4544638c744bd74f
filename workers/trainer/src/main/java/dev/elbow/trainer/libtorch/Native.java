package dev.elbow.trainer.libtorch;

import dev.elbow.trainer.engine.OutOfEngineMemoryException;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Arrays in and out of libtorch, and calls that leave nothing behind. */
final class Native {
  private Native() {}

  /**
   * The result of {@code call}, run with one thread. Every tensor that it makes is freed, except
   * those that it keeps with {@code retainReference()}.
   *
   * @throws OutOfEngineMemoryException if libtorch got no memory
   */
  static <R> R call(Supplier<R> call) {
    // Threads inside an operation are a setting of the calling thread.
    torch.set_num_threads(1);
    try {
      return scoped(call);
    } catch (OutOfMemoryError e) {
      throw new OutOfEngineMemoryException(e.getMessage(), e);
    } catch (RuntimeException e) {
      throw isOutOfMemory(e) ? new OutOfEngineMemoryException(firstLine(e), e) : e;
    }
  }

  /** As {@link #call}, for a part of a call that already runs. */
  @SuppressWarnings("try") // the scope collects what is made while it is open
  static <R> R scoped(Supplier<R> part) {
    try (PointerScope scope = new PointerScope()) {
      return part.get();
    }
  }

  /** As {@link #call}, without anything being kept for gradients. */
  @SuppressWarnings("try") // the mode is in force while it is open
  static <R> R callWithoutGradients(Supplier<R> call) {
    return call(
        () -> {
          try (AutoGradMode off = new AutoGradMode(false)) {
            return call.get();
          }
        });
  }

  /** A new tensor of the given values. */
  static Tensor tensor(float[] values, long... shape) {
    Tensor tensor = torch.empty(shape);
    requireSize(tensor, values.length);
    // What is empty has no address.
    if (values.length > 0) {
      tensor.data_ptr_float().put(values);
    }
    return tensor;
  }

  /** A new tensor of the given bytes. */
  static Tensor tensor(byte[] values, long... shape) {
    Tensor tensor = torch.empty(shape, options(ScalarType.Byte), null);
    requireSize(tensor, values.length);
    if (values.length > 0) {
      tensor.data_ptr_byte().put(values);
    }
    return tensor;
  }

  /** A new tensor of the given numbers. */
  static Tensor tensor(int[] values) {
    Tensor tensor = torch.empty(new long[] {values.length}, options(ScalarType.Int), null);
    tensor.data_ptr_int().put(values);
    return tensor;
  }

  /** The values of a tensor of floats in row-major order. */
  static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    tensor.contiguous().data_ptr_float().get(values);
    return values;
  }

  /** The values of a tensor of doubles in row-major order. */
  static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    tensor.contiguous().data_ptr_double().get(values);
    return values;
  }

  // A copy knows no bounds: one value too many would be written into foreign memory.
  private static void requireSize(Tensor tensor, int size) {
    if (tensor.numel() != size) {
      throw new IllegalArgumentException(
          "%d values do not fill a tensor of %d".formatted(size, tensor.numel()));
    }
  }

  static TensorOptions options(ScalarType type) {
    return new TensorOptions(type);
  }

  private static boolean isOutOfMemory(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("allocate memory") || message.contains("bad_alloc");
  }

  private static String firstLine(RuntimeException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }
}
