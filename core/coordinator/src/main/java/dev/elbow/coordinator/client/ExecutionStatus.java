package dev.elbow.coordinator.client;

import java.util.OptionalDouble;

/**
 * What a slot is at, as its worker last said.
 *
 * @param worker its worker
 * @param slot from 1
 * @param sweep of its trial
 * @param trial number with at least four digits
 * @param attempt from 1
 * @param execution unique for each time that a slot took a trial
 * @param phase {@code loading}, {@code training}, {@code evaluating} or {@code exporting}
 * @param epoch it is in, from 1; 0 before the first
 * @param step optimizer steps so far
 * @param steps of the whole trial; 0 while it is not known
 * @param objective mean of what is minimised over the last steps
 * @param imagesPerSecond of the last steps; 0 before the first
 */
public record ExecutionStatus(
    String worker,
    int slot,
    String sweep,
    String trial,
    int attempt,
    String execution,
    String phase,
    int epoch,
    long step,
    long steps,
    OptionalDouble objective,
    double imagesPerSecond) {}
