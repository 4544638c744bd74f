package dev.elbow.coordinator.client;

/**
 * A running trial was evaluated: data of the live event {@code evaluation}.
 *
 * @param sweep its sweep
 * @param trial its number with at least four digits
 * @param attempt from 1
 * @param point what was found
 */
public record EvaluationPoint(String sweep, String trial, int attempt, CurvePoint point) {}
