/**
 * The images of a worker: one copy of each dataset for all its slots, split by the data alone, and
 * the draws that every trial on the same data shares.
 */
package dev.elbow.trainer.data;
