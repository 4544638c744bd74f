package dev.elbow.messaging;

import dev.elbow.api.Evaluation;
import dev.elbow.api.TrialId;

/** One point of a trial's curves. */
public record MetricPoint(TrialId trial, int attempt, String execution, Evaluation evaluation) {}
