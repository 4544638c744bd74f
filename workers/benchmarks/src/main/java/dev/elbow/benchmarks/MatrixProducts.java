package dev.elbow.benchmarks;

import dev.elbow.trainer.libtorch.LibtorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The matrix products of one training step of a 784-400-20 autoencoder, batch 128, and nothing
 * else: no training can be faster with this library. Two threads make the same product at the same
 * time, again and again; its time is that of the best of several blocks, so caches are as warm as
 * they can be. Runs in a process of its own, whose libtorch has the settings of the launcher.
 */
final class MatrixProducts {
  private static final int BATCH = 128;
  private static final int THREADS = 2;
  private static final int WARM = 30;
  private static final int BLOCKS = 12;
  private static final int PRODUCTS_A_BLOCK = 40;

  private final ScalarType type;
  private final CyclicBarrier together = new CyclicBarrier(THREADS);

  private MatrixProducts(ScalarType type) {
    this.type = type;
  }

  /** How the rows and columns of the factors lie in memory. */
  private enum Kind {
    FORWARD,
    WEIGHTS,
    INPUTS
  }

  /** A matrix of rows × inner times one of inner × columns. */
  private record Product(Kind kind, int rows, int inner, int columns) {}

  /** The products of a layer from {@code in} to {@code out} values. */
  private static List<Product> layer(int in, int out) {
    return List.of(
        new Product(Kind.FORWARD, BATCH, in, out),
        new Product(Kind.WEIGHTS, out, BATCH, in),
        new Product(Kind.INPUTS, BATCH, out, in));
  }

  private static List<Product> step() {
    List<Product> products = new ArrayList<>(layer(784, 400));
    products.remove(2); // nobody needs the gradient of the images
    products.addAll(layer(400, 40)); // mean and logarithm of the variance at once
    products.addAll(layer(20, 400));
    products.addAll(layer(400, 784));
    return products;
  }

  /**
   * @param arguments {@code fp32} or {@code bf16}: prints images per second of both threads
   *     together; or {@code precisions}: prints in what the engine can train here
   */
  public static void main(String[] arguments) throws Exception {
    LibtorchEngine engine = LibtorchEngine.load(Optional.empty());
    switch (arguments[0]) {
      case "precisions" -> System.out.println(String.join(" ", engine.precisions()));
      case "fp32" -> print(ScalarType.Float);
      case "bf16" -> print(ScalarType.BFloat16);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  private static void print(ScalarType type) throws Exception {
    System.out.printf(Locale.ROOT, "%.0f%n", new MatrixProducts(type).imagesPerSecond());
  }

  private double imagesPerSecond() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Double>> seconds = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      seconds.add(threads.submit(this::secondsOfStep));
    }
    double rate = 0;
    for (Future<Double> step : seconds) {
      rate += BATCH / step.get();
    }
    threads.shutdown();
    return rate;
  }

  @SuppressWarnings("try") // the mode is in force while it is open
  private double secondsOfStep() throws InterruptedException, BrokenBarrierException {
    torch.set_num_threads(1);
    double seconds = 0;
    try (AutoGradMode off = new AutoGradMode(false)) {
      for (Product product : step()) {
        seconds += seconds(product);
      }
    }
    return seconds;
  }

  private double seconds(Product product) throws InterruptedException, BrokenBarrierException {
    Tensor left = left(product);
    Tensor right = right(product);
    Tensor result = random(product.rows(), product.columns());
    together.await();
    seconds(WARM, result, left, right);
    double best = Double.MAX_VALUE;
    for (int block = 0; block < BLOCKS; block++) {
      best = Math.min(best, seconds(PRODUCTS_A_BLOCK, result, left, right));
    }
    return best / PRODUCTS_A_BLOCK;
  }

  private static double seconds(int times, Tensor result, Tensor left, Tensor right) {
    double begin = Lines.now();
    for (int i = 0; i < times; i++) {
      torch.mm_out(result, left, right);
    }
    return Lines.now() - begin;
  }

  // Weights are [out, in], so the way forward transposes them; gradients of weights transpose
  // those of the outputs.
  private Tensor left(Product product) {
    return product.kind() == Kind.WEIGHTS
        ? random(product.inner(), product.rows()).t()
        : random(product.rows(), product.inner());
  }

  private Tensor right(Product product) {
    return product.kind() == Kind.FORWARD
        ? random(product.columns(), product.inner()).t()
        : random(product.inner(), product.columns());
  }

  private Tensor random(long rows, long columns) {
    return torch.rand(rows, columns).to(type);
  }
}
