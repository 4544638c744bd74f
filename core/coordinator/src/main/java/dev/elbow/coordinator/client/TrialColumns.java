package dev.elbow.coordinator.client;

import java.util.List;
import java.util.Map;

/**
 * All trials of a sweep by the column, for programs that look at all of them at once: answer to
 * {@code GET /api/sweeps/{sweep}/columns}. Every list has an entry for each trial, in the order of
 * their numbers from 1.
 *
 * @param sweep its name
 * @param states {@code queued}, {@code running}, {@code completed}, {@code stopped}, {@code failed}
 *     or {@code cancelled}
 * @param attempts how often each was queued
 * @param seeds of their random streams
 * @param parameters those that vary, in file order; null where a trial does not have it
 * @param figures by column of {@code results.csv}, to seven digits; null where it is not known, and
 *     no column of nulls alone
 * @param failures the kinds of failure; empty text where it has not failed
 * @param yardstick for each trial what its losses are measured by: a place in {@code yardsticks}
 */
public record TrialColumns(
    String sweep,
    List<String> states,
    List<Integer> attempts,
    List<Long> seeds,
    Map<String, List<Object>> parameters,
    Map<String, List<Float>> figures,
    List<String> failures,
    List<Integer> yardstick,
    List<YardstickStatus> yardsticks) {
  /**
   * What losses are measured by. Those of trials with different ones do not compare.
   *
   * @param dataset its plugin
   * @param options of the dataset
   * @param likelihood its word, with constants where it has some
   * @param targets what it is asked to predict: {@code grey}, {@code fixed} or {@code dynamic};
   *     empty text where the data cannot be looked at
   */
  public record YardstickStatus(
      String dataset, Map<String, Object> options, String likelihood, String targets) {}
}
