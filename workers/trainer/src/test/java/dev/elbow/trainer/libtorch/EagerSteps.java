package dev.elbow.trainer.libtorch;

import dev.elbow.api.Optimizer;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * One operation at a time, gradients by libtorch's autograd: what the compiled steps must equal.
 */
final class EagerSteps implements StepMaker {
  private final Vae vae;
  private final FlatTensors weights;
  private final Update update;
  private final GradientStep step;
  private final UpdatePrograms programs;

  /** To be called within {@link Native#call}. */
  EagerSteps(SessionSpec spec, FlatTensors weights, UpdatePrograms programs) {
    List<Parameter> layout = spec.vae().training().parameters();
    this.vae = spec.vae();
    this.weights = weights;
    this.programs = programs;
    this.update = Update.of(spec, layout, programs);
    this.step = new GradientStep(vae, weights, spec.training().clipNorm());
    layout.forEach(parameter -> weights.view(parameter.name()).set_requires_grad(true));
  }

  /** A session that trains by such steps. */
  static LibtorchSession session(SessionSpec spec) {
    List<Parameter> layout = spec.vae().training().state();
    // Outside of the call, which would free them at its end.
    UpdatePrograms programs = new UpdatePrograms();
    return Native.call(
        () -> {
          FlatTensors weights = FlatTensors.of(layout, spec.start().parameters());
          return new LibtorchSession(
              weights,
              new EagerSteps(spec, weights, programs),
              new EagerEvaluation(spec.vae(), weights),
              spec.start().updates());
        });
  }

  @Override
  public StepSums train(Steps steps, long updates) {
    return Native.call(() -> trainNow(steps, updates));
  }

  private StepSums trainNow(Steps steps, long updates) {
    ChunkTensors chunk = new ChunkTensors(steps, vae);
    double[][] sums = new double[3][steps.count()];
    boolean finite = true;
    int made = 0;
    while (finite && made < steps.count()) {
      int index = made;
      finite = Native.scoped(() -> makeOne(steps, chunk, index, updates + index + 1, sums));
      made++;
    }
    return new StepSums(
        Arrays.copyOf(sums[0], made),
        Arrays.copyOf(sums[1], made),
        Arrays.copyOf(sums[2], made),
        finite);
  }

  private boolean makeOne(
      Steps steps, ChunkTensors chunk, int index, long update, double[][] sums) {
    GradientStep.Result result =
        step.run(
            chunk.given(index), chunk.scheduled(index), chunk.kept(index), steps.sizes()[index]);
    Named own = named(result, false);
    this.update.apply(weights, own.names(), own.gradients(), steps.learningRates()[index], update);
    vae.adversary()
        .ifPresent(of -> updateAdversary(of, named(result, true), chunk.scheduled(index), update));
    boolean finite = weightsAreFinite();
    for (int figure = 0; figure < sums.length; figure++) {
      sums[figure][index] = result.sums()[figure];
      finite &= Double.isFinite(result.sums()[figure]);
    }
    return finite;
  }

  private record Named(List<String> names, List<Tensor> gradients) {}

  private static Named named(GradientStep.Result result, boolean isOfAdversary) {
    int[] some =
        IntStream.range(0, result.names().size())
            .filter(i -> result.names().get(i).startsWith("adversary.") == isOfAdversary)
            .toArray();
    return new Named(
        IntStream.of(some).mapToObj(result.names()::get).toList(),
        IntStream.of(some).mapToObj(result.gradients()::get).toList());
  }

  private void updateAdversary(
      Adversary adversary, Named named, Map<String, Double> scheduled, long updates) {
    Optimizer.Adam adam = new Optimizer.Adam(adversary.beta1(), adversary.beta2(), 1e-8);
    double rate = scheduled.get(((Op.Scheduled) adversary.learningRate().op()).name());
    new AdamUpdate(adam, 0, programs, update.moments())
        .apply(weights, named.names(), named.gradients(), rate, updates);
  }

  // One sum instead of a test of each weight: it is not finite as soon as one of them is not.
  private boolean weightsAreFinite() {
    return Double.isFinite(weights.flat().sum().item_double());
  }

  @Override
  public Map<String, FlatTensors> moments() {
    return update.moments();
  }

  @Override
  public void close() {
    update.close();
  }
}
