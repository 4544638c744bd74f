package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Trial;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.messaging.MetricPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** From a submission to a table. */
class SweepsIT extends CoordinatorFixture {
  @Test
  void takesASweepFromItsSubmissionToVerifiedFilesAndATable() throws Exception {
    Coordinator coordinator = coordinator();
    Sweep sweep = sweep(betas(3) + "seeds: [1, 2]\n");
    assertEquals(new Submission.Created("s", 6), await(coordinator.submit(sweep)));
    assertEquals(
        "no worker is connected", coordinator.view("s").orElseThrow().waiting().orElse(""));
    List<TrialView> seen = new CopyOnWriteArrayList<>();
    List<MetricPoint> points = new CopyOnWriteArrayList<>();
    coordinator.observe(observer(seen, points));
    LateWorker worker = new LateWorker();
    worker.worker =
        worker(
            2,
            taken -> {
              worker.measure(taken);
              return loss(taken);
            });
    SweepView view = await(coordinator.finished("s"));
    assertEquals(6, view.count(TrialState.COMPLETED));
    assertEquals(new SweepView.Best(1, 101), view.best().orElseThrow());
    for (int trial = 1; trial <= 6; trial++) {
      Path folder = results.resolve("s/trials/000" + trial);
      assertTrue(Files.isRegularFile(folder.resolve("vae.onnx")), folder.toString());
    }
    until(() -> attempts().isEmpty());
    Results table = table();
    assertEquals(List.of("beta"), table.parameters());
    assertEquals(List.of(1, 2, 3, 4, 5, 6), table.rows().stream().map(Row::trial).toList());
    assertEquals(103, table.rows().get(2).figure("test_loss"));
    assertEquals(Map.of("beta", "2"), table.rows().get(2).parameters());
    assertEquals(3, table.configurations().size());
    assertEquals(Files.readString(results.resolve("s/sweep.yaml")), sweep.text());
    until(() -> points.size() == 6);
    assertEquals(6, seen.stream().filter(t -> t.state() == TrialState.COMPLETED).count());
  }

  private static Observer observer(List<TrialView> trials, List<MetricPoint> points) {
    return new Observer() {
      @Override
      public void changed(TrialView trial) {
        trials.add(trial);
      }

      @Override
      public void measured(MetricPoint point, Trial trial) {
        points.add(point);
      }
    };
  }

  @Test
  void knowsTheSameSweepAgainAndRefusesAnotherOfItsName() {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(2))));
    assertEquals(
        new Submission.AlreadyThere("s", 2),
        await(coordinator.submit(sweep("# again\n" + betas(2)))));
    Submission other = await(coordinator.submit(sweep(betas(3))));
    assertEquals(
        List.of("parameters.beta.max"),
        assertInstanceOf(Submission.Refused.class, other).differences());
  }

  @Test
  void servesAllSweepsInTurn() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("long", betas(30))));
    await(coordinator.submit(sweep("short", betas(3))));
    worker(1, CoordinatorFixture::loss);
    await(coordinator.finished("short"));
    assertTrue(coordinator.view("long").orElseThrow().count(TrialState.COMPLETED) < 30);
    await(coordinator.finished("long"));
  }

  @Test
  void letsOtherSweepsRestWhereItIsThereForOne() throws Exception {
    Coordinator all = coordinator();
    await(all.submit(sweep("old", betas(3))));
    await(all.close());
    Coordinator one = coordinator(settings().only("new"));
    await(one.submit(sweep("new", betas(3))));
    TestWorker worker = worker(1, CoordinatorFixture::loss);
    await(one.finished("new"));
    assertEquals(3, worker.taken.size());
    assertEquals(0, one.view("old").orElseThrow().count(TrialState.COMPLETED));
  }

  @Test
  void tellsWhatWorkersLackAndGivesTrialsToThoseThatDoNot() {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    TestWorker poor =
        worker(1, List.of("dataset/sprites", "objective/elbo"), CoordinatorFixture::loss);
    until(
        () ->
            coordinator
                .view("s")
                .orElseThrow()
                .waiting()
                .orElse("")
                .equals(
                    "worker " + poor.name + ": lacks the plugins encoder/dense, decoder/dense"));
    TestWorker able = worker(1, CoordinatorFixture::loss);
    assertEquals(1, await(coordinator.finished("s")).count(TrialState.COMPLETED));
    assertFalse(able.taken.isEmpty() && poor.taken.isEmpty());
  }

  @Test
  void allTrialsOfASweepHaveThePrecisionThatItsFirstWorkersHave() {
    String open = betas(4) + "training: {precision: auto}\n";
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("early", open)));
    TestWorker fast =
        system.start(
            List.of("fp32", "bf16"),
            taken -> taken.trial().id().number() == 4 ? Optional.empty() : loss(taken));
    until(() -> fast.taken.size() == 4);
    TestWorker plain = system.start(List.of("fp32"), CoordinatorFixture::loss);
    until(() -> await(coordinator.workers()).size() == 2);
    await(coordinator.submit(sweep("late", open)));
    await(coordinator.finished("late"));
    assertEquals(Set.of("bf16"), precisions(fast, "early"));
    assertEquals(Set.of(), precisions(plain, "early"));
    assertEquals(Set.of("fp32"), precisions(plain, "late"));
  }

  private static Set<String> precisions(TestWorker worker, String sweep) {
    return worker.taken.stream()
        .filter(taken -> taken.trial().id().sweep().equals(sweep))
        .map(taken -> taken.trial().training().precision())
        .collect(Collectors.toSet());
  }

  @Test
  void namesASweepThatIsNotThere() {
    Coordinator coordinator = coordinator();
    assertTrue(coordinator.view("none").isEmpty());
    CompletionException e =
        assertThrows(CompletionException.class, () -> await(coordinator.finished("none")));
    assertEquals("there is no sweep 'none'", e.getCause().getMessage());
  }
}
