package dev.elbow.trainer.libtorch;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Moment;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.ReferenceEngine;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.ConditionValues;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.onnx.ExportException;
import dev.elbow.trainer.onnx.OnnxExporter;
import dev.elbow.trainer.onnx.OnnxModel;
import dev.elbow.trainer.program.StepProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Answers what contracts ask, with the rules and the gradients that training uses. The testkit is
 * on the class path of tests alone, so this class is loaded there and nowhere else.
 */
public final class LibtorchReference implements ReferenceEngine {
  /** Weights stay where they are, so that the only thing a step leaves behind is its gradients. */
  private static final Training STILL =
      new Training(Options.check(Training.declared(), Map.of("optimizer", "sgd")).orThrow());

  private final CompiledPrograms programs = new CompiledPrograms();

  /** For {@link java.util.ServiceLoader}. */
  public LibtorchReference() {
    NativeLibraries.load(Optional.empty());
  }

  @Override
  public List<float[]> compute(
      List<Tensor> outputs,
      Map<String, float[]> parameters,
      Map<Tensor, float[]> given,
      int batch,
      long step) {
    Graph graph = Graph.of(outputs);
    return Native.callWithoutGradients(
        () -> {
          try (FlatTensors weights = FlatTensors.of(graph.state(), parameters)) {
            TensorRules rules =
                new TensorRules(weights.views(), scheduled(graph, step, batch), batch);
            return graph.evaluate(rules, LibtorchSession.tensors(given, batch)).stream()
                .map(value -> Native.floats(value.size(0) == 1 ? rules.examples(value) : value))
                .toList();
          }
        });
  }

  @Override
  public Map<String, float[]> gradients(
      Vae vae, Map<String, float[]> parameters, float[] x, float[] noise, int batch, long step) {
    return gradients(vae, Training.FP32, parameters, x, noise, batch, step);
  }

  /** As the above, in another precision. */
  Map<String, float[]> gradients(
      Vae vae,
      String precision,
      Map<String, float[]> parameters,
      float[] x,
      float[] noise,
      int batch,
      long step) {
    Graph graph = vae.training();
    Training training = STILL.withPrecision(precision);
    StepProgram program = StepProgram.of(vae, training);
    SessionSpec spec = new SessionSpec(vae, training, ModelState.untrained(parameters));
    return Native.call(
        () -> {
          try (FlatTensors weights = FlatTensors.of(program.layout(), graph.state(), parameters);
              CompiledSteps steps =
                  new CompiledSteps(spec, program, programs.function(program), weights)) {
            steps.train(oneStep(vae, x, noise, batch, scheduled(graph, step, batch)), 0);
            Map<String, float[]> gradients = steps.gradients().values();
            graph.buffers().forEach(buffer -> gradients.remove(buffer.name()));
            return gradients;
          }
        });
  }

  private static Steps oneStep(
      Vae vae, float[] x, float[] noise, int batch, Map<String, Double> scheduled) {
    Map<String, double[]> figures = new HashMap<>();
    scheduled.forEach((name, value) -> figures.put(name, new double[] {value}));
    int[] numbers = IntStream.range(0, batch).toArray();
    Batch images =
        new Batch(ImageMemory.of(x, batch, vae.image()), numbers, noise, examples(vae, batch));
    int[] sizes = {batch};
    byte[] kept = kept(vae, batch);
    return new Steps(images, sizes, new double[] {0}, figures, Optional.empty(), kept);
  }

  /** Of whatever networks are told, one example after the other. */
  private static float[] examples(Vae vae, int batch) {
    return ConditionValues.examples(vae, batch);
  }

  /** Every third value is left out: what is drawn in training has no place in a contract. */
  private static byte[] kept(Vae vae, int batch) {
    byte[] kept = new byte[Math.multiplyExact(batch, vae.dropoutSize())];
    IntStream.range(0, kept.length).forEach(i -> kept[i] = (byte) (i % 3 == 0 ? 0 : 1));
    return kept;
  }

  @Override
  public Map<String, float[]> automaticGradients(
      Vae vae, Map<String, float[]> parameters, float[] x, float[] noise, int batch, long step) {
    Graph graph = vae.training();
    return Native.call(
        () -> {
          try (FlatTensors weights = FlatTensors.of(graph.state(), parameters)) {
            graph.parameters().forEach(p -> weights.view(p.name()).set_requires_grad(true));
            var given = LibtorchSession.tensors(Map.of(vae.x(), x), batch);
            Noise.give(vae.noise(), Native.tensor(noise, batch, vae.noiseSize()), batch, given);
            var told = Native.tensor(examples(vae, batch), batch, vae.conditionSize());
            Noise.give(vae.conditions(), told, batch, given);
            GradientStep forwardAndBack = new GradientStep(vae, weights, 0);
            var kept = Noise.kept(vae, Native.tensor(kept(vae, batch), batch, vae.dropoutSize()));
            var figures = scheduled(graph, step, batch);
            return filled(graph, forwardAndBack.run(given, figures, kept, batch));
          }
        });
  }

  private static Map<String, Double> scheduled(Graph graph, long step, int batch) {
    Moment moment = new Moment(step, step + 1, batch);
    Map<String, Double> figures = new HashMap<>();
    for (Tensor value : graph.order()) {
      if (value.op() instanceof Op.Scheduled figure) {
        figures.put(figure.name(), figure.schedule().at(moment));
      }
    }
    return figures;
  }

  private static Map<String, float[]> filled(Graph graph, GradientStep.Result result) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    graph.parameters().forEach(p -> gradients.put(p.name(), new float[(int) p.shape().size()]));
    for (int i = 0; i < result.names().size(); i++) {
      gradients.put(result.names().get(i), Native.floats(result.gradients().get(i)));
    }
    return gradients;
  }

  @Override
  public void export(Vae vae, Map<String, float[]> parameters, Path folder) throws IOException {
    try {
      for (OnnxModel model : new OnnxExporter(vae, parameters, Map.of()).models()) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(model.file()))) {
          model.writeTo(out);
        }
      }
    } catch (ExportException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
