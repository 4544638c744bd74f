package dev.elbow.coordinator.http;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.client.TrialColumns;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.Yardstick;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The question about all trials of a sweep at once. */
final class ColumnRoutes {
  /** An answer is held in memory as a whole. */
  private static final int MOST_TRIALS = 100_000;

  private static final int MOST_PREPARED = 50_000;

  private static final Logger LOG = LoggerFactory.getLogger(ColumnRoutes.class);

  private final Coordinator coordinator;
  private final WorkerExecutor threads;
  private final Function<Sweep, Future<TrialTable>> tables;
  private final Map<Sweep, GivenColumns> given = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param tables all trials of a sweep at this moment
   */
  ColumnRoutes(
      Coordinator coordinator, WorkerExecutor threads, Function<Sweep, Future<TrialTable>> tables) {
    this.coordinator = coordinator;
    this.threads = threads;
    this.tables = tables;
  }

  void addTo(Router router) {
    router.get("/api/sweeps/:sweep/columns").handler(Answer.to(this::columns));
  }

  /**
   * Answers once to nobody for each of the newest sweeps: what is given of their trials is known
   * then, and the first page that asks of a coordinator that has just started does not wait for
   * what is only slow for the first time.
   */
  void prepare() {
    List<String> newest = new ArrayList<>(coordinator.sweeps());
    Collections.reverse(newest);
    Future<?> before = Future.succeededFuture();
    int trials = 0;
    for (String name : newest) {
      trials += coordinator.view(name).map(SweepView::trials).orElse(0);
      if (trials > MOST_PREPARED) {
        return;
      }
      before =
          before.eventually(() -> coordinator.sweep(name).compose(known -> answer(known, true)));
    }
  }

  private Future<Answer> columns(RoutingContext asked) {
    boolean packed = Answer.mayBePacked(asked.request());
    return coordinator
        .sweep(Names.sweep(asked))
        .compose(
            sweep -> {
              requireFew(sweep);
              return answer(sweep, packed);
            });
  }

  private Future<Answer> answer(Sweep sweep, boolean packed) {
    return tables
        .apply(sweep)
        .compose(
            table ->
                threads.executeBlocking(() -> Answer.large(columns(sweep, table), packed), false));
  }

  private static void requireFew(Sweep sweep) {
    if (sweep.trialCount() > MOST_TRIALS) {
      throw Refusal.plain(
          409,
          "sweep '%s' has %,d trials, and at most %,d are told at once; ask for pages of them"
              .formatted(sweep.name(), sweep.trialCount(), MOST_TRIALS));
    }
  }

  private TrialColumns columns(Sweep sweep, TrialTable table) {
    GivenColumns known =
        given.computeIfAbsent(sweep, fresh -> GivenColumns.of(fresh, this::targets));
    return table.columns().all(sweep.name(), known);
  }

  private String targets(Yardstick yardstick) {
    PluginChoice choice = yardstick.dataset();
    Dataset dataset =
        coordinator.settings().catalog().find(Kind.DATASET, choice.plugin()).orElseThrow();
    try {
      return dataset.describe(choice.options(), coordinator.settings().data()).targets().word();
    } catch (DatasetException | RuntimeException | LinkageError e) {
      LOG.info("dataset '{}' cannot be looked at: {}", choice.plugin(), e.toString());
      return "";
    }
  }
}
