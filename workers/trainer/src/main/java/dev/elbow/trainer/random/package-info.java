/**
 * Every random number of a trial: streams named by what they are for, so that no number depends on
 * the order of work, on threads, on an interruption, or on the Java version.
 */
package dev.elbow.trainer.random;
