package dev.elbow.benchmarks;

/**
 * One of two that trained side by side.
 *
 * @param begin when it began to train, in seconds of the measuring process's clock
 * @param end when it had trained
 * @param imagesPerSecond over all of its training steps; evaluations are left out
 */
record Lane(double begin, double end, double imagesPerSecond) {}
