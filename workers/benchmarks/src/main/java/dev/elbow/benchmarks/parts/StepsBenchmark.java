package dev.elbow.benchmarks.parts;

import dev.elbow.trainer.engine.EvaluationSums;
import dev.elbow.trainer.engine.StepSums;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A training step and a batch of an evaluation, with two slots at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class StepsBenchmark {
  private static final int STEPS = 20;
  private static final int DENSE_BATCH = 128;
  private static final int CONV_BATCH = 64;
  private static final int EVALUATED = 256;

  @Param({"dense", "conv"})
  private String model;

  @Param("fp32")
  private String precision;

  private Example example;

  @Setup(Level.Trial)
  public void open() throws Exception {
    example = isDense() ? Example.dense(precision) : Example.conv(precision);
  }

  @TearDown(Level.Trial)
  public void close() {
    example.close();
  }

  private boolean isDense() {
    return model.equals("dense");
  }

  @Benchmark
  @OperationsPerInvocation(STEPS)
  public StepSums step() {
    return example.session().train(example.steps(STEPS, isDense() ? DENSE_BATCH : CONV_BATCH));
  }

  @Benchmark
  public EvaluationSums evaluation() {
    return example.session().evaluate(example.batch(EVALUATED));
  }
}
