/**
 * The built-in scores of how the dimensions of a code stand for the true factors of images: {@code
 * mig}, {@code sap}, {@code dci}, {@code factor-vae}.
 */
package dev.elbow.scores;
