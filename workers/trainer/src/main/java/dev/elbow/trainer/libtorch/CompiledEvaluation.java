package dev.elbow.trainer.libtorch;

import dev.elbow.api.Vae;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.EvaluationSums;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;

/** All that is measured of a batch in one compiled program. */
final class CompiledEvaluation implements EvaluationMaker {
  private final Function function;
  private final int latent;
  private final int conditionSize;
  private final FlatTensors weights;

  /**
   * @param weights in the layout that the program was written for
   */
  CompiledEvaluation(Function function, Vae vae, FlatTensors weights) {
    this.function = function;
    this.latent = vae.latent();
    this.conditionSize = vae.conditionSize();
    this.weights = weights;
  }

  @Override
  public EvaluationSums evaluate(Batch batch) {
    return Native.callWithoutGradients(() -> evaluateNow(batch));
  }

  private EvaluationSums evaluateNow(Batch batch) {
    ImageMemory source = (ImageMemory) batch.source();
    int size = batch.images().length;
    List<IValue> arguments =
        new ArrayList<>(
            List.of(
                new IValue(source.rows()),
                new IValue(source.form()),
                new IValue(Native.tensor(batch.images())),
                new IValue(Native.tensor(batch.noise(), size, latent))));
    if (conditionSize > 0) {
      arguments.add(new IValue(Native.tensor(batch.conditions(), size, conditionSize)));
    }
    arguments.add(new IValue(weights.flat()));
    IValueVector all = new IValueVector(arguments.toArray(IValue[]::new));
    var sums = function.apply(all).toTuple().elements();
    return new EvaluationSums(
        sums.get(0).toTensor().item_double(),
        sums.get(1).toTensor().item_double(),
        Native.doubles(sums.get(2).toTensor()),
        Native.doubles(sums.get(3).toTensor()),
        Native.doubles(sums.get(4).toTensor()));
  }
}
