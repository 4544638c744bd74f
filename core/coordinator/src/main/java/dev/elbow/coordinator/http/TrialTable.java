package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.TrialPage;
import dev.elbow.coordinator.client.TrialQuery;
import dev.elbow.coordinator.client.TrialStatus;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Rows;
import dev.elbow.coordinator.results.ScoreTable;
import dev.elbow.coordinator.sweep.Sweep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All trials of a sweep at one moment, to be sorted and shown by the page. */
final class TrialTable {
  /** What trials can be sorted by, beside their parameters and figures. */
  private static final List<String> FIXED = List.of("trial", "state", "attempts", "seed");

  private final Sweep sweep;
  private final ScoreTable later;
  private final Map<Integer, TrialView> known = new HashMap<>();
  private final TrialState others;

  /**
   * @param known the trials that were queued at least once
   * @param others the state of the rest
   * @param later scores that were computed when trials were over
   */
  TrialTable(Sweep sweep, List<TrialView> known, TrialState others, ScoreTable later) {
    this.sweep = sweep;
    this.later = later;
    this.others = others;
    known.forEach(view -> this.known.put(view.id().number(), view));
  }

  /** What the trials of a sweep can be sorted by. */
  static List<String> keys(Sweep sweep, ScoreTable later) {
    List<String> keys = new ArrayList<>(FIXED);
    keys.addAll(sweep.columns());
    keys.addAll(Results.FIGURES);
    keys.addAll(scores(sweep, later));
    return keys;
  }

  private static List<String> scores(Sweep sweep, ScoreTable later) {
    return Stream.concat(sweep.scoreColumns().stream(), later.columns().stream())
        .distinct()
        .toList();
  }

  private static Map<String, Double> figures(TrialView view, ScoreTable later) {
    Map<String, Double> figures = new LinkedHashMap<>();
    view.outcome().map(Rows::figures).ifPresent(figures::putAll);
    figures.putAll(later.figures(view.id().number(), view.attempts()));
    return figures;
  }

  /** The page that {@code query} asks for. */
  TrialPage page(TrialQuery query) {
    List<Integer> fitting = new ArrayList<>();
    for (int number = 1; number <= sweep.trialCount(); number++) {
      if (query.states().isEmpty() || query.states().contains(view(number).state().word())) {
        fitting.add(number);
      }
    }
    sort(fitting, query);
    List<TrialView> shown =
        fitting.stream().skip(query.offset()).limit(query.limit()).map(this::view).toList();
    return page(sweep, query, fitting.size(), shown, later);
  }

  /**
   * A page of a sweep.
   *
   * @param total how many trials fit the question
   * @param shown those of the page
   */
  static TrialPage page(
      Sweep sweep, TrialQuery query, int total, List<TrialView> shown, ScoreTable later) {
    List<TrialStatus> page = shown.stream().map(view -> status(sweep, view, later)).toList();
    return new TrialPage(sweep.name(), sweep.columns(), total, query.offset(), page);
  }

  /** All trials, by the column. */
  Columns columns() {
    Columns columns = new Columns(scores(sweep, later));
    for (int number = 1; number <= sweep.trialCount(); number++) {
      columns.add(view(number), figures(view(number), later));
    }
    return columns;
  }

  private TrialView view(int number) {
    TrialView view = known.get(number);
    TrialId id = new TrialId(sweep.name(), number);
    return view == null ? new TrialView(id, others, 0, Optional.empty(), Optional.empty()) : view;
  }

  /** One trial, without what its slot is at and its files. */
  static TrialStatus status(Sweep sweep, TrialView view, ScoreTable later) {
    return new TrialStatus(
        sweep.name(),
        view.id().folder(),
        view.state().word(),
        view.attempts(),
        sweep.seed(view.id().number()),
        sweep.parameters(view.id().number()),
        view.worker(),
        figures(view, later),
        view.outcome().map(Rows::failure).orElse(""),
        view.outcome().map(Rows::message).orElse(""),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  // The key of each trial is made once, since a parameter has to be computed.
  private void sort(List<Integer> numbers, TrialQuery query) {
    if (query.sort().equals("trial")) {
      numbers.sort(query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder());
      return;
    }
    List<Keyed> sorted = new ArrayList<>(numbers.size());
    numbers.forEach(number -> sorted.add(new Keyed(number, key(number, query.sort()))));
    sorted.sort(Comparator.comparing(Keyed::key, SortKey.order(query.descending())));
    numbers.clear();
    sorted.forEach(keyed -> numbers.add(keyed.number()));
  }

  private record Keyed(int number, SortKey key) {}

  private SortKey key(int number, String sort) {
    return switch (sort) {
      case "state" -> SortKey.of((double) view(number).state().ordinal());
      case "attempts" -> SortKey.of((double) view(number).attempts());
      case "seed" -> SortKey.of(sweep.seed(number));
      default ->
          sweep.columns().contains(sort)
              ? SortKey.of(sweep.parameters(number).get(sort))
              : SortKey.of(figure(number, sort));
    };
  }

  private Double figure(int number, String column) {
    return figures(view(number), later).get(column);
  }
}
