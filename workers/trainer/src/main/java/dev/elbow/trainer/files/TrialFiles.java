package dev.elbow.trainer.files;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.FailureKind;
import dev.elbow.catalog.Catalog;
import dev.elbow.inference.ModelException;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.checkpoint.WeightsFile;
import dev.elbow.trainer.onnx.ExportException;
import dev.elbow.trainer.onnx.OnnxExporter;
import dev.elbow.trainer.onnx.OnnxModel;
import dev.elbow.trainer.onnx.OnnxVerifier;
import dev.elbow.trainer.onnx.TrainedModel;
import dev.elbow.trainer.pictures.ModelPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes everything that a finished trial leaves behind. Immutable and thread-safe: one for all
 * slots of a worker.
 */
public final class TrialFiles {
  private final Catalog catalog;
  private final String engine;
  private final String processor;

  /**
   * @param catalog where the trial's plugins come from, for {@code trial.json}
   * @param engine what trains: name and version, for example {@code libtorch 2.10.0}
   * @param processor its type, for example {@code x86_64 AVX2}
   */
  public TrialFiles(Catalog catalog, String engine, String processor) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.engine = requireNonNull(engine, "engine is null");
    this.processor = requireNonNull(processor, "processor is null");
  }

  /**
   * Writes {@code encoder.onnx}, {@code decoder.onnx}, {@code vae.onnx}, {@code
   * weights.safetensors}, {@code metrics.csv}, {@code latents.csv}, {@code trial.json}, {@code
   * MODEL_CARD.md} and the pictures, and runs the models in ONNX Runtime beside {@code model}.
   *
   * @param folder of the attempt; exists; files of the same names are replaced
   * @throws ExportException if the models do not compute what {@code model} does, or cannot be
   *     exported; what was written until then stays
   * @throws IOException if a file cannot be written
   */
  public WrittenFiles write(Path folder, FinishedTrial finished, TrainedModel model)
      throws ExportException, IOException {
    return write(folder, finished, model, Judge.NONE);
  }

  /**
   * As {@link #write(Path, FinishedTrial, TrainedModel)}, with scores among the figures of {@code
   * trial.json} and {@code MODEL_CARD.md}.
   */
  public WrittenFiles write(Path folder, FinishedTrial finished, TrainedModel model, Judge judge)
      throws ExportException, IOException {
    AttemptFolder files = new AttemptFolder(folder);
    TrialDescription description = new TrialDescription(finished, catalog, engine, processor);
    writeModels(files, finished, description);
    Verified verified = verifyAndDraw(files, finished, model, judge);
    Curves curves = new Curves(finished.evaluations());
    files.write("metrics.csv", curves.metrics());
    files.write("latents.csv", curves.latents());
    if (!finished.rates().isEmpty()) {
      files.write("rate_distortion.csv", Curves.rates(finished.rates()));
    }
    files.write("trial.json", description.json(verified));
    files.write("MODEL_CARD.md", description.card(verified, files.written()));
    return new WrittenFiles(verified.onnxMaxAbsError(), verified.scores(), files.written());
  }

  /** What was measured of the exported models. */
  record Verified(double onnxMaxAbsError, Map<String, Double> scores) {}

  private static void writeModels(
      AttemptFolder files, FinishedTrial finished, TrialDescription description)
      throws ExportException, IOException {
    Map<String, String> metadata = description.modelMetadata();
    OnnxExporter exporter = new OnnxExporter(finished.vae(), finished.parameters(), metadata);
    for (OnnxModel model : exporter.models()) {
      files.write(model.file(), model::writeTo);
    }
    files.write(
        WeightsFile.NAME,
        out -> WeightsFile.write(out, finished.vae(), finished.parameters(), metadata));
  }

  private static Verified verifyAndDraw(
      AttemptFolder files, FinishedTrial finished, TrainedModel model, Judge judge)
      throws ExportException, IOException {
    try (VaeModel exported = VaeModel.load(files.path())) {
      OnnxVerifier verifier = new OnnxVerifier(finished.vae(), model);
      double error = verifier.largestError(exported, finished.testImages());
      ModelPictures pictures = new ModelPictures(exported, finished.vae(), finished.conditions());
      files.write("reconstructions.png", pictures.reconstructions(finished.testImages()));
      files.write("samples.png", pictures.samples());
      files.write(
          "traversals.png",
          pictures.traversals(finished.testImages(), finished.last().klPerDimension()));
      return new Verified(error, judge.scores(exported));
    } catch (ModelException e) {
      throw new ExportException(
          FailureKind.ONNX_MISMATCH, "the exported models cannot be read: " + e.getMessage());
    }
  }
}
