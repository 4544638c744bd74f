/**
 * Images as datasets give them: their shape, their storage, their split, and what is known about
 * each.
 */
package dev.elbow.api.data;
