package dev.elbow.trainer.libtorch;

import dev.elbow.api.Optimizer;
import dev.elbow.api.Training;
import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Parameter;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.program.Moments;
import dev.elbow.trainer.program.StepProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;

/** All steps of a call in one compiled program. */
final class CompiledSteps implements StepMaker {
  private static final int FIGURES = 3;

  private final StepProgram program;
  private final Function function;
  private final Training training;
  private final double[] settings;
  private final int noiseSize;
  private final int conditionSize;
  private final int dropoutSize;
  private final FlatTensors weights;
  private final FlatTensors gradients;
  private final Map<String, FlatTensors> moments;

  /**
   * To be called within {@link Native#call}.
   *
   * @param weights in the layout of {@code program}
   */
  CompiledSteps(SessionSpec spec, StepProgram program, Function function, FlatTensors weights) {
    List<Parameter> order = spec.vae().training().state();
    this.program = program;
    this.function = function;
    this.training = spec.training();
    this.settings = settings(training.optimizer(), spec.vae().adversary());
    this.noiseSize = spec.vae().noiseSize();
    this.conditionSize = spec.vae().conditionSize();
    this.dropoutSize = spec.vae().dropoutSize();
    this.weights = weights;
    this.gradients = FlatTensors.zeros(program.layout(), order);
    this.moments = new LinkedHashMap<>();
    for (String name : Moments.of(training.optimizer(), spec.vae()).names()) {
      Map<String, float[]> start = spec.start().moments().get(name);
      moments.put(
          name,
          start == null
              ? FlatTensors.zeros(program.layout(), order)
              : FlatTensors.of(program.layout(), order, start));
    }
  }

  @Override
  public StepSums train(Steps steps, long updates) {
    return Native.callWithoutGradients(() -> trainNow(steps, updates));
  }

  private StepSums trainNow(Steps steps, long updates) {
    IValueVector arguments = new IValueVector(arguments(steps, updates));
    IValue returned = function.apply(arguments);
    double[] found = returned.toTuple().elements().get(0).toDoubleVector().get();
    int made = found.length / FIGURES;
    double[][] sums = new double[FIGURES][made];
    for (int i = 0; i < made * FIGURES; i++) {
      sums[i % FIGURES][i / FIGURES] = found[i];
    }
    return new StepSums(sums[0], sums[1], sums[2], found[made * FIGURES] > 0);
  }

  private IValue[] arguments(Steps steps, long updates) {
    boolean isDrawn = steps.drawn().isPresent();
    ImageMemory source = (ImageMemory) steps.batch().source();
    int[] numbers = steps.batch().images();
    List<IValue> arguments =
        new ArrayList<>(
            List.of(
                new IValue(isDrawn ? pixels(steps.drawn().get(), numbers.length) : source.rows()),
                new IValue(isDrawn ? ImageMemory.DRAWN : source.form()),
                new IValue(Native.tensor(numbers)),
                new IValue(Native.tensor(steps.batch().noise(), numbers.length, noiseSize))));
    if (conditionSize > 0) {
      arguments.add(
          new IValue(Native.tensor(steps.batch().conditions(), numbers.length, conditionSize)));
    }
    if (dropoutSize > 0) {
      arguments.add(new IValue(Native.tensor(steps.kept(), numbers.length, dropoutSize)));
    }
    arguments.addAll(
        List.of(
            Lists.of(steps.sizes()),
            Lists.of(steps.learningRates()),
            scheduled(steps),
            new IValue(updates),
            new IValue(weights.flat()),
            new IValue(gradients.flat()),
            Lists.of(moments.values().stream().map(FlatTensors::flat).toList()),
            new IValue(training.clipNorm()),
            new IValue(training.weightDecay()),
            Lists.of(settings)));
    return arguments.toArray(IValue[]::new);
  }

  private static Tensor pixels(byte[] drawn, int images) {
    return Native.tensor(drawn, images, drawn.length / images);
  }

  private IValue scheduled(Steps steps) {
    List<Double> values = new ArrayList<>();
    for (String name : program.scheduled()) {
      double[] figures = steps.scheduled().get(name);
      if (figures == null) {
        throw new IllegalArgumentException("scheduled figure '%s' was not given".formatted(name));
      }
      for (double figure : figures) {
        values.add(figure);
      }
    }
    return Lists.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double[] settings(Optimizer optimizer, Optional<Adversary> adversary) {
    DoubleStream own =
        optimizer instanceof Optimizer.Adam adam
            ? DoubleStream.of(adam.beta1(), adam.beta2(), adam.epsilon())
            : DoubleStream.of(((Optimizer.Sgd) optimizer).momentum());
    DoubleStream others =
        adversary.stream()
            .flatMapToDouble(of -> DoubleStream.of(of.beta1(), of.beta2(), Adversary.EPSILON));
    return DoubleStream.concat(own, others).toArray();
  }

  /** Of the last step that was made: the means over its batch, the model's clipped. */
  FlatTensors gradients() {
    return gradients;
  }

  @Override
  public Map<String, FlatTensors> moments() {
    return moments;
  }

  @Override
  public void close() {
    gradients.close();
    moments.values().forEach(FlatTensors::close);
  }
}
