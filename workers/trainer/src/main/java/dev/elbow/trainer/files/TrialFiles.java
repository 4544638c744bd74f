package dev.elbow.trainer.files;

import static java.util.Objects.requireNonNull;

import dev.elbow.catalog.Catalog;
import dev.elbow.trainer.onnx.ExportException;
import dev.elbow.trainer.onnx.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes everything that a finished trial leaves behind. Immutable and thread-safe: one for all
 * slots of a worker.
 */
public final class TrialFiles {
  private final Catalog catalog;
  private final String processor;

  /**
   * @param catalog where the trial's plugins come from, for {@code trial.json}
   * @param processor its type, for example {@code x86_64 AVX2}
   */
  public TrialFiles(Catalog catalog, String processor) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.processor = requireNonNull(processor, "processor is null");
  }

  /**
   * Writes {@code encoder.onnx}, {@code decoder.onnx}, {@code vae.onnx}, {@code metrics.csv},
   * {@code latents.csv}, {@code trial.json} and the pictures, and runs the models in ONNX Runtime
   * beside {@code model}.
   *
   * @param folder of the attempt; exists; files of the same names are replaced
   * @throws ExportException if the models do not compute what {@code model} does, or are too large
   * @throws IOException if a file cannot be written
   */
  public WrittenFiles write(Path folder, FinishedTrial finished, TrainedModel model)
      throws ExportException, IOException {
    throw new UnsupportedOperationException("in the making " + catalog + processor);
  }
}
