/**
 * The built-in datasets: files of the MNIST family ({@code idx}), folders of PNG and JPEG files
 * ({@code images}), archives of NumPy ({@code npz}), and images that are generated from known
 * factors ({@code sprites}).
 */
package dev.elbow.datasets;
