package dev.elbow.trainer.scoring;

import dev.elbow.api.data.Images;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;

/** A model before some of the images. */
final class ScoredOnImages implements ScoredModel {
  private final ScoredFiles files;
  private final Images images;
  private final int[] numbers;
  private final int[] heldOut;
  private Codes codes;

  ScoredOnImages(ScoredFiles files, Images images, int[] numbers, int[] heldOut) {
    this.files = files;
    this.images = images;
    this.numbers = numbers;
    this.heldOut = heldOut;
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public int[] numbers() {
    return numbers.clone();
  }

  @Override
  public int[] heldOut() {
    return heldOut.clone();
  }

  @Override
  public Codes codes() {
    if (codes == null) {
      codes = codes(numbers);
    }
    return codes;
  }

  @Override
  public Codes codes(int... numbers) {
    return files.codes(numbers);
  }

  @Override
  public double[] logLikelihoods(int[] images, float[] z) {
    return files.logLikelihoods(images, z);
  }

  @Override
  public void reaches(double share) {
    files.reaches(share);
  }
}
