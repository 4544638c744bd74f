/**
 * The built-in encoders and decoders: fully connected ({@code dense}) and convolutional ({@code
 * conv}). Lists of sizes read in the direction in which data flows.
 */
package dev.elbow.networks;
