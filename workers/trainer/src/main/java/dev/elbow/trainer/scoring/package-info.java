/** Computes scores of exported models, alike at the end of a trial and whenever somebody asks. */
package dev.elbow.trainer.scoring;
