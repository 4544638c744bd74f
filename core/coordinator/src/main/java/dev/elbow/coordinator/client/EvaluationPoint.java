package dev.elbow.coordinator.client;

/**
 * A running trial was evaluated: data of the live event {@code evaluation}.
 *
 * @param sweep its sweep
 * @param trial its number with at least four digits
 * @param attempt from 1
 * @param epochs how many epochs the trial has in all; 0 where steps count
 * @param steps how many optimizer steps the trial has in all; 0 where epochs count
 * @param point what was found
 */
public record EvaluationPoint(
    String sweep, String trial, int attempt, int epochs, long steps, CurvePoint point) {}
