package dev.elbow.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One point of the rate–distortion curve of a model that was trained for many weights of the KL
 * term at once.
 *
 * @param beta the weight
 * @param validation on the images set aside; empty without a split
 * @param test on the test images
 */
public record RatePoint(double beta, Optional<Losses> validation, Losses test) {
  public RatePoint {
    requireNonNull(validation, "validation is null");
    requireNonNull(test, "test is null");
  }
}
