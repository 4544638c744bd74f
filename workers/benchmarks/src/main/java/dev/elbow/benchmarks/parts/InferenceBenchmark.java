package dev.elbow.benchmarks.parts;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.elbow.catalog.Catalog;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.files.TrialFiles;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The library that runs exported models beside bare calls of ONNX Runtime that give the same
 * arrays: as its documentation has them, and with memory that is kept from call to call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class InferenceBenchmark {
  private static final int LATENT = 20;
  private static final int PIXELS = 784;

  @Param({"1", "256"})
  private int batch;

  private Path folder;
  private VaeModel model;
  private OrtEnvironment environment;
  private OrtSession session;
  private OnnxTensor in;
  private OnnxTensor out;
  private FloatBuffer given;
  private FloatBuffer found;
  private float[] codes;

  @Setup(Level.Trial)
  public void open() throws Exception {
    folder = Files.createTempDirectory("elbow-inference");
    try (Example example = Example.dense("fp32");
        Catalog catalog = Catalog.ofClassPath()) {
      new TrialFiles(catalog, "engine", "processor")
          .write(folder, example.finished(), example.session()::compute);
    }
    model = VaeModel.load(folder);
    environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(folder.resolve("decoder.onnx").toString(), options);
    }
    given = memory(batch * LATENT);
    found = memory(batch * PIXELS);
    in = OnnxTensor.createTensor(environment, given, new long[] {batch, LATENT});
    out = OnnxTensor.createTensor(environment, found, new long[] {batch, 1, 28, 28});
    codes = new float[batch * LATENT];
    Random random = new Random(1);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) random.nextGaussian();
    }
  }

  private static FloatBuffer memory(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    model.close();
    in.close();
    out.close();
    session.close();
    for (File file : folder.toFile().listFiles()) {
      Files.delete(file.toPath());
    }
    Files.delete(folder);
  }

  @Benchmark
  public float[] library() {
    return model.decode(codes);
  }

  @Benchmark
  public float[] bare() throws OrtException {
    long[] shape = {batch, LATENT};
    try (OnnxTensor z = OnnxTensor.createTensor(environment, FloatBuffer.wrap(codes), shape);
        OrtSession.Result result = session.run(Map.of("z", z))) {
      float[] images = new float[batch * PIXELS];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(images);
      return images;
    }
  }

  @Benchmark
  public float[] bareWithKeptMemory() throws OrtException {
    given.put(0, codes);
    session.run(Map.of("z", in), Map.of("x_hat", out)).close();
    float[] images = new float[batch * PIXELS];
    found.get(0, images);
    return images;
  }
}
