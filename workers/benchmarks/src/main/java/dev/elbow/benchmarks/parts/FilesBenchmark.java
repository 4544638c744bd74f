package dev.elbow.benchmarks.parts;

import dev.elbow.catalog.Catalog;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.files.FinishedTrial;
import dev.elbow.trainer.files.TrialFiles;
import dev.elbow.trainer.files.WrittenFiles;
import dev.elbow.trainer.onnx.OnnxVerifier;
import dev.elbow.trainer.pictures.ModelPictures;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a trial costs after its training: its files, and the parts of that. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class FilesBenchmark {
  private Example example;
  private FinishedTrial finished;
  private Catalog catalog;
  private TrialFiles files;
  private Path folder;
  private VaeModel exported;

  @Setup(Level.Trial)
  public void open() throws Exception {
    example = Example.dense("fp32");
    finished = example.finished();
    catalog = Catalog.ofClassPath();
    files = new TrialFiles(catalog, "engine", "processor");
    folder = Files.createTempDirectory("elbow-files");
    files.write(folder, finished, example.session()::compute);
    exported = VaeModel.load(folder);
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    exported.close();
    for (File file : folder.toFile().listFiles()) {
      Files.delete(file.toPath());
    }
    Files.delete(folder);
    catalog.close();
    example.close();
  }

  @Benchmark
  public WrittenFiles all() throws Exception {
    return files.write(folder, finished, example.session()::compute);
  }

  @Benchmark
  public Map<String, String> loading() throws Exception {
    try (VaeModel model = VaeModel.load(folder)) {
      return model.metadata();
    }
  }

  @Benchmark
  public double verifying() throws Exception {
    return new OnnxVerifier(example.vae(), example.session()::compute)
        .largestError(exported, finished.testImages());
  }

  @Benchmark
  public int drawing() {
    ModelPictures pictures = new ModelPictures(exported, example.vae(), new float[0]);
    return pictures.reconstructions(finished.testImages()).length
        + pictures.samples().length
        + pictures.traversals(finished.testImages(), finished.evaluations().get(0).klPerDimension())
            .length;
  }
}
