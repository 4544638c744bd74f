/**
 * The built-in objectives: the negative ELBO with a weight for its KL term, ways to bound or split
 * that term, distances of all codes from the prior, and the importance-weighted bound.
 */
package dev.elbow.objectives;
