package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Answer to {@code GET /api/sweeps/{sweep}/trials}.
 *
 * @param sweep its name
 * @param parameters names of the parameters that vary, in file order
 * @param total how many trials fit the question, on this page or not
 * @param offset how many of them come before this page
 * @param trials of this page, in the order asked for
 */
public record TrialPage(
    String sweep, List<String> parameters, int total, int offset, List<TrialStatus> trials) {
  public TrialPage {
    parameters = List.copyOf(parameters);
    trials = List.copyOf(trials);
  }
}
