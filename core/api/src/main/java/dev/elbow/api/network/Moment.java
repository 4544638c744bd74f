package dev.elbow.api.network;

/**
 * Where training is.
 *
 * @param step optimizer steps done, from 0
 * @param steps optimizer steps of the whole training
 * @param images how many images are trained on in an epoch
 */
public record Moment(long step, long steps, long images) {}
