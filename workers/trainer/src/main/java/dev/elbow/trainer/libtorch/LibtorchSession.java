package dev.elbow.trainer.libtorch;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Tensor;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.EvaluationSums;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.program.StepProgram;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A model in libtorch's memory. */
final class LibtorchSession implements Session {
  private final Vae vae;
  private final Graph evaluation;
  private final FlatTensors weights;
  private final StepMaker steps;
  private long updates;

  /** {@code steps} change {@code weights}; both are closed with the session. */
  LibtorchSession(SessionSpec spec, FlatTensors weights, StepMaker steps) {
    this.vae = spec.vae();
    this.evaluation = Graph.of(vae.reconstruction(), vae.kl(), vae.klPerDimension(), vae.mu());
    this.weights = weights;
    this.steps = steps;
    this.updates = spec.start().updates();
  }

  static LibtorchSession open(SessionSpec spec, StepPrograms programs) {
    List<Parameter> order = spec.vae().training().state();
    StepProgram program = StepProgram.of(spec.vae(), spec.training());
    return Native.call(
        () -> {
          FlatTensors weights = FlatTensors.of(program.layout(), order, spec.start().parameters());
          Function function = programs.function(program);
          return new LibtorchSession(
              spec, weights, new CompiledSteps(spec, program, function, weights));
        });
  }

  @Override
  public StepSums train(Steps given) {
    StepSums sums = steps.train(given, updates);
    updates += sums.count();
    return sums;
  }

  @Override
  public EvaluationSums evaluate(Batch batch) {
    return Native.callWithoutGradients(() -> evaluateNow(batch));
  }

  private EvaluationSums evaluateNow(Batch batch) {
    int size = batch.images().length;
    Map<Tensor, org.bytedeco.pytorch.Tensor> given = new IdentityHashMap<>();
    given.put(vae.x(), ((ImageMemory) batch.source()).gather(Native.tensor(batch.images())));
    given.put(vae.eps(), Native.tensor(batch.noise(), size, vae.latent()));
    var rules = new TensorRules(weights.views(), Map.of(), size);
    List<org.bytedeco.pytorch.Tensor> values = evaluation.evaluate(rules, given);
    org.bytedeco.pytorch.Tensor mu = values.get(3).to(ScalarType.Double);
    return new EvaluationSums(
        sum(values.get(0)).item_double(),
        sum(values.get(1)).item_double(),
        Native.doubles(sum(values.get(2))),
        Native.doubles(sum(mu)),
        Native.doubles(sum(mu.square())));
  }

  private static org.bytedeco.pytorch.Tensor sum(org.bytedeco.pytorch.Tensor examples) {
    return examples.sum(new long[] {0}, false, new ScalarTypeOptional(ScalarType.Double));
  }

  @Override
  public List<float[]> compute(List<Tensor> outputs, Map<Tensor, float[]> given, int batch) {
    return Native.callWithoutGradients(
        () -> {
          TensorRules rules = new TensorRules(weights.views(), Map.of(), batch);
          return Graph.of(outputs).evaluate(rules, tensors(given, batch)).stream()
              .map(Native::floats)
              .toList();
        });
  }

  static Map<Tensor, org.bytedeco.pytorch.Tensor> tensors(Map<Tensor, float[]> given, int batch) {
    Map<Tensor, org.bytedeco.pytorch.Tensor> tensors = new IdentityHashMap<>();
    given.forEach(
        (value, array) ->
            tensors.put(value, Native.tensor(array, Shapes.batched(batch, value.shape()))));
    return tensors;
  }

  @Override
  public Map<String, float[]> parameters() {
    return Native.call(weights::values);
  }

  @Override
  public ModelState state() {
    return Native.call(
        () -> {
          Map<String, Map<String, float[]>> moments = new LinkedHashMap<>();
          steps.moments().forEach((name, moment) -> moments.put(name, moment.values()));
          return new ModelState(updates, weights.values(), moments);
        });
  }

  @Override
  public void close() {
    steps.close();
    weights.close();
  }
}
