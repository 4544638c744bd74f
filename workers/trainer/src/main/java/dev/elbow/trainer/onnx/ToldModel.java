package dev.elbow.trainer.onnx;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Tensor;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.engine.ConditionValues;
import java.util.Map;

/** An exported model together with what it is told of the examples of a call. */
public final class ToldModel {
  private ToldModel() {}

  /**
   * {@code exported}, told {@code conditions}.
   *
   * @param vae that it was exported from
   * @param conditions as {@link ConditionValues} has them, of one example or of those of each call
   */
  public static VaeModel of(VaeModel exported, Vae vae, float[] conditions) {
    VaeModel told = exported;
    for (Map.Entry<Tensor, float[]> each : ConditionValues.apart(vae, conditions).entrySet()) {
      String name = ((Op.Given) each.getKey().op()).condition().name();
      told = told.with(name, each.getValue());
    }
    return told;
  }
}
