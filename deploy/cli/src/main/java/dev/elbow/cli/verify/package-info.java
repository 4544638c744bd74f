/**
 * Figures that the literature or this project knows, and whether trained models reach them: cases
 * as a table in a file, and judgement over measured trials. Training is not done here.
 */
package dev.elbow.cli.verify;
