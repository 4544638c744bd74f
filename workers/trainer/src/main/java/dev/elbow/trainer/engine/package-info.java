/**
 * The border between training and the arithmetic below it. Arrays of plain numbers go in and come
 * out, drawn and read by the trainer, so that another engine changes nothing but speed.
 */
package dev.elbow.trainer.engine;
