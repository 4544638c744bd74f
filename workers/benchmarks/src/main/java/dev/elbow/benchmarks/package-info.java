/** Elbow as a whole, measured beside a peer and beside what the matrix products alone allow. */
package dev.elbow.benchmarks;
