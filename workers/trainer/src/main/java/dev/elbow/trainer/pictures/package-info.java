/** Pictures of what a model has learned: reconstructions, samples and latent traversals, as PNG. */
package dev.elbow.trainer.pictures;
