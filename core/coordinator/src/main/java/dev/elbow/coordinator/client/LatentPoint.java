package dev.elbow.coordinator.client;

import java.util.List;

/**
 * The latent dimensions of a trial after an evaluation, on the test images.
 *
 * @param epoch passes over the training images so far, a begun one counted, from 1
 * @param step optimizer steps so far; 0 where it is not known
 * @param kl of each dimension to the prior, in nats
 * @param muVariance of each dimension's posterior mean over the images
 */
public record LatentPoint(int epoch, long step, List<Double> kl, List<Double> muVariance) {
  public LatentPoint {
    kl = List.copyOf(kl);
    muVariance = List.copyOf(muVariance);
  }
}
