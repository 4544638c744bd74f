package dev.elbow.benchmarks.parts;

import dev.elbow.trainer.random.RandomStream;
import dev.elbow.trainer.random.StreamKey;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The random numbers of a training on MNIST. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class DrawsBenchmark {
  private static final int NOISE_OF_A_STEP = 128 * 20;
  private static final int IMAGES = 60_000;

  private final RandomStream stream = StreamKey.ofTrial(1, "example", 0).stream();
  private final int[] order = IntStream.range(0, IMAGES).toArray();

  @Benchmark
  public float[] noiseOfAStep() {
    return stream.gaussians(NOISE_OF_A_STEP);
  }

  @Benchmark
  public int orderOfAnEpoch() {
    stream.shuffle(order);
    return order[0];
  }
}
