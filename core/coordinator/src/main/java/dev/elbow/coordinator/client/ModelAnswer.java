package dev.elbow.coordinator.client;

import java.util.List;

/**
 * What an exported model answers. Names and meanings are those of its files; images are one array
 * each, in row-major order, whatever their {@code shape}. Arrays are not copied.
 */
public sealed interface ModelAnswer {
  /**
   * Posteriors of images.
   *
   * @param mu means, one array for each image
   * @param logvar logarithms of the variances, likewise
   */
  record Encoded(float[][] mu, float[][] logvar) implements ModelAnswer {}

  /**
   * Mean images of codes.
   *
   * @param shape {@code [channels, height, width]} of an image
   */
  record Decoded(List<Integer> shape, float[][] xHat) implements ModelAnswer {}

  /**
   * The test images that the trial's pictures show, to 8 bits a value.
   *
   * @param x one array for each image, as the encoder sees it
   * @param mu the mean of the posterior of each
   * @param labels names of the classes that the model has to be told; empty where it asks for none
   * @param betas the least and the most weight of the KL term that the model can be told; empty
   *     where it is for one alone
   */
  record Pictured(
      List<Integer> shape, float[][] x, float[][] mu, List<String> labels, List<Double> betas)
      implements ModelAnswer {}

  /**
   * Images through the whole model.
   *
   * @param z the codes that were decoded: the means, or drawn from the posteriors
   */
  record Reconstructed(
      List<Integer> shape, float[][] xHat, float[][] mu, float[][] logvar, float[][] z)
      implements ModelAnswer {}

  /**
   * Mean images of codes from the prior.
   *
   * @param z the codes
   */
  record Sampled(List<Integer> shape, float[][] xHat, float[][] z) implements ModelAnswer {}

  /**
   * Mean images of codes that differ from one in one dimension each.
   *
   * @param dimensions that were varied, from 0
   * @param values that each of them took
   * @param xHat all of the first dimension, then all of the second, and so on
   * @param z the codes, likewise
   */
  record Traversed(
      List<Integer> shape,
      List<Integer> dimensions,
      List<Float> values,
      float[][] xHat,
      float[][] z)
      implements ModelAnswer {}
}
