/** The built-in objectives: {@code elbo}, with a weight β for its KL term. */
package dev.elbow.objectives;
