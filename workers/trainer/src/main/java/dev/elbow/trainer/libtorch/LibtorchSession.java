package dev.elbow.trainer.libtorch;

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
import dev.elbow.trainer.program.EvaluationProgram;
import dev.elbow.trainer.program.StepProgram;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model in libtorch's memory. */
final class LibtorchSession implements Session {
  private final FlatTensors weights;
  private final StepMaker steps;
  private final EvaluationMaker evaluation;
  private long updates;

  /**
   * @param steps change {@code weights}; both are closed with the session
   * @param evaluation reads them
   * @param updates that were made before
   */
  LibtorchSession(FlatTensors weights, StepMaker steps, EvaluationMaker evaluation, long updates) {
    this.weights = weights;
    this.steps = steps;
    this.evaluation = evaluation;
    this.updates = updates;
  }

  static LibtorchSession open(SessionSpec spec, CompiledPrograms programs) {
    List<Parameter> order = spec.vae().training().state();
    StepProgram program = StepProgram.of(spec.vae(), spec.training());
    EvaluationProgram measured = EvaluationProgram.of(spec.vae(), program.layout());
    return Native.call(
        () -> {
          FlatTensors weights = FlatTensors.of(program.layout(), order, spec.start().parameters());
          return new LibtorchSession(
              weights,
              new CompiledSteps(spec, program, programs.function(program), weights),
              new CompiledEvaluation(programs.function(measured), spec.vae(), weights),
              spec.start().updates());
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
    return evaluation.evaluate(batch);
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
