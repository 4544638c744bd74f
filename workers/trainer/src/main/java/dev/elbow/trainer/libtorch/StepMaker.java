package dev.elbow.trainer.libtorch;

import dev.elbow.trainer.engine.StepSums;
import dev.elbow.trainer.engine.Steps;
import java.util.Map;

/** Makes optimizer steps. */
interface StepMaker extends AutoCloseable {
  /**
   * Makes the steps, changing weights and moments.
   *
   * @param updates how many were made before
   */
  StepSums train(Steps steps, long updates);

  /** What the optimizer remembers, by PyTorch's name for it. */
  Map<String, FlatTensors> moments();

  @Override
  void close();
}
