package dev.elbow.trainer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.FailureKind;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Shape;
import dev.elbow.trainer.data.TrainingData;
import dev.elbow.trainer.data.UnfitImagesException;
import dev.elbow.trainer.engine.GeneratedImages;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnfitPixelsIT {
  @Test
  void bernoulliOnPixelsAboveOneIsRefusedAsAParameterThatDoesNotFit() {
    LibtorchEngine engine = LibtorchEngine.load(Optional.empty());
    try (TrainingData data = TrainingData.of(new Bright(), "sha256", engine)) {
      UnfitImagesException refusal =
          assertThrows(UnfitImagesException.class, () -> data.requireFit(Likelihood.bernoulli()));
      assertEquals(
          "likelihood 'bernoulli' is of pixels from 0 to 1, but image 2 holds 1.5;"
              + " expected gaussian or laplace",
          refusal.getMessage());
      assertEquals(FailureKind.INVALID_PARAMETERS, Faults.of(refusal).kind());
      assertThrows(
          UnfitImagesException.class, () -> data.requireFit(Likelihood.continuousBernoulli()));
      assertDoesNotThrow(() -> data.requireFit(Likelihood.gaussian(1)));
    }
  }

  @Test
  void anImageWithoutALabelIsRefusedWhereAModelAsksForIt() {
    LibtorchEngine engine = LibtorchEngine.load(Optional.empty());
    try (TrainingData data = TrainingData.of(new Bright(), "sha256", engine);
        TrainingData labelled = TrainingData.of(GeneratedImages.labelled(5, 2), "sha256", engine)) {
      assertDoesNotThrow(labelled::requireLabels);
      UnfitImagesException refusal = assertThrows(UnfitImagesException.class, data::requireLabels);
      assertEquals(
          "image 0 of the data has no label, but encoder or decoder ask for one (condition: label)",
          refusal.getMessage());
    }
  }

  /** Image i holds i times 0.75 in its one pixel. */
  private record Bright() implements Images {
    @Override
    public DatasetDescription description() {
      return new DatasetDescription(
          Shape.of(1, 1, 1), PixelFormat.FLOAT32, 3, 1, Targets.GREY, List.of(), List.of());
    }

    @Override
    public void read(int first, int count, ByteBuffer target) {
      for (int image = first; image < first + count; image++) {
        target.putFloat(0.75f * image);
      }
    }

    @Override
    public int[] train() {
      return new int[] {0, 1, 2};
    }

    @Override
    public int[] test() {
      return new int[] {3};
    }

    @Override
    public int label(int image) {
      return -1;
    }

    @Override
    public int factor(int image, int factor) {
      throw new IndexOutOfBoundsException("there are no factors");
    }
  }
}
