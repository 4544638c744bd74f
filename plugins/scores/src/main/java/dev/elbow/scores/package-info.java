/**
 * The built-in scores: of how the dimensions of a code stand for the true factors of images ({@code
 * mig}, {@code mig-sampled}, {@code sap}, {@code dci}, {@code factor-vae}, {@code beta-vae}), of
 * how likely images are ({@code iwae}), and of how well losses tell images of another kind ({@code
 * anomaly}).
 */
package dev.elbow.scores;
