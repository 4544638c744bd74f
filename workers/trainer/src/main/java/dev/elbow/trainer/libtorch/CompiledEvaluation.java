package dev.elbow.trainer.libtorch;

import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.EvaluationSums;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;

/** All that is measured of a batch in one compiled program. */
final class CompiledEvaluation implements EvaluationMaker {
  private final Function function;
  private final int latent;
  private final FlatTensors weights;

  /**
   * @param weights in the layout that the program was written for
   */
  CompiledEvaluation(Function function, int latent, FlatTensors weights) {
    this.function = function;
    this.latent = latent;
    this.weights = weights;
  }

  @Override
  public EvaluationSums evaluate(Batch batch) {
    return Native.callWithoutGradients(() -> evaluateNow(batch));
  }

  private EvaluationSums evaluateNow(Batch batch) {
    ImageMemory source = (ImageMemory) batch.source();
    IValue[] arguments = {
      new IValue(source.rows()),
      new IValue(source.form()),
      new IValue(Native.tensor(batch.images())),
      new IValue(Native.tensor(batch.noise(), batch.images().length, latent)),
      new IValue(weights.flat())
    };
    var sums = function.apply(new IValueVector(arguments)).toTuple().elements();
    return new EvaluationSums(
        sums.get(0).toTensor().item_double(),
        sums.get(1).toTensor().item_double(),
        Native.doubles(sums.get(2).toTensor()),
        Native.doubles(sums.get(3).toTensor()),
        Native.doubles(sums.get(4).toTensor()));
  }
}
