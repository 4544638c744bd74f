/**
 * The built-in datasets: files of the MNIST family ({@code idx}), and images that are generated
 * from known factors ({@code sprites}).
 */
package dev.elbow.datasets;
